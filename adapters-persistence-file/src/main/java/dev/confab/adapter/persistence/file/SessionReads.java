package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader.Page;
import dev.confab.domain.port.SessionReader.SessionQuery;
import dev.confab.domain.port.SessionReader.SessionView;
import dev.confab.domain.port.UnitOfWork;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The read side of sessions and turns. The index names conversations to look at; each is then read in one volatile read of its state,
 * which is its one moment. A damaged conversation is passed over.
 */
record SessionReads(Slots slots, ActivityIndex index) {
    private static final Comparator<SessionView> FIRST_BEGUN = Comparator
            .comparing((SessionView view) -> view.session().createdAt())
            .thenComparing(view -> view.session().conversationId());
    private static final Comparator<SessionView> ACTIVATED = Comparator
            .comparing((SessionView view) -> view.session().activatedAt())
            .thenComparing(view -> view.session().id()).thenComparing(view -> view.session().conversationId());

    Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return views(index.of(id), owner, now).filter(view -> view.session().id().equals(id)).min(FIRST_BEGUN);
    }

    Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        List<SessionView> found = views(index.withSessions(), owner, now)
                .filter(view -> query.after().isEmpty() || keyOf(view).compareTo(query.after().get()) > 0)
                .sorted(Comparator.comparing(SessionReads::keyOf)).limit(query.limit() + 1L).toList();
        if (found.size() <= query.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<SessionView> page = found.subList(0, query.limit());
        return new Page<>(page, Optional.of(keyOf(page.getLast())));
    }

    private static SessionQuery.Key keyOf(SessionView view) {
        return SessionQuery.keyOf(view.session());
    }

    Optional<SessionView> current(OwnerId owner, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return views(index.withSessions(), owner, now).max(ACTIVATED);
    }

    Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return live(index.of(id), owner, now).flatMap(state -> state.activity().find(id).stream())
                .min(Comparator.comparing(Turn::startedAt).thenComparing(Turn::conversationId));
    }

    /** Of a state of a live conversation: what is there at {@code now}; empty when the conversation has expired. */
    static Optional<Activity> activity(State state, Instant now) {
        Activity all = state.activity();
        return state.head().filter(head -> !head.isExpired(now)).map(head -> new Activity(
                all.sessions().stream().filter(session -> !session.isExpired(now)).toList(), all.turns()));
    }

    List<ConversationId> expiredSessions(Instant now, int limit) {
        return due(index.expiring(), limit, state -> state.head().filter(head -> head.isExpired(now)).isPresent()
                || state.activity().sessions().stream().anyMatch(session -> session.isExpired(now)));
    }

    List<ConversationId> expiredLeases(Instant now, int limit) {
        return due(index.running(), limit,
                state -> state.activity().openTurn().filter(turn -> turn.isLeaseOver(now)).isPresent());
    }

    private List<ConversationId> due(Collection<ConversationId> ids, int limit, Predicate<State> isDue) {
        UnitOfWork.refuseInsideAWork();
        return states(ids).filter(isDue).flatMap(state -> state.head().stream()).map(Conversation::id).sorted()
                .limit(limit).toList();
    }

    private Stream<SessionView> views(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return live(ids, owner, now).flatMap(state -> state.activity().sessions().stream()
                .filter(session -> !session.isExpired(now))
                .map(session -> new SessionView(session, state.activity().latestTurn(session.id()))));
    }

    private Stream<State> live(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return states(ids).filter(state -> state.isLive() && state.head()
                .filter(head -> head.owner().equals(owner) && !head.isExpired(now)).isPresent());
    }

    private Stream<State> states(Collection<ConversationId> ids) {
        return ids.stream().flatMap(id -> slots.find(id).stream()).filter(slot -> slot.damage.isEmpty())
                .map(slot -> slot.state);
    }
}
