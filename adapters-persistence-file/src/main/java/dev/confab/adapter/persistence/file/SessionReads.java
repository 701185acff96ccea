package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.UnitOfWork;
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
record SessionReads(Slots slots, ActivityIndex index, Reads reads) implements SessionReader {
    private static final Comparator<Session> FIRST_BEGUN = Comparator.comparing(Session::createdAt)
            .thenComparing(Session::conversationId);
    private static final Comparator<Session> ACTIVATED = Comparator.comparing(Session::activatedAt)
            .thenComparing(Session::id).thenComparing(Session::conversationId);

    /** A session among the rest of its conversation's; only of those that are answered is the turn looked for. */
    private record Found(Session session, Activity around) {
        SessionView view() {
            return new SessionView(session, around.latestTurn(session.id()));
        }

        SessionQuery.Key key() {
            return SessionQuery.keyOf(session);
        }
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return living(index.of(id), owner, now).filter(found -> found.session().id().equals(id))
                .min(Comparator.comparing(Found::session, FIRST_BEGUN)).map(Found::view);
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        List<Found> all = living(index.withSessions(), owner, now)
                .filter(found -> query.after().isEmpty() || found.key().compareTo(query.after().get()) > 0)
                .sorted(Comparator.comparing(Found::key)).limit(query.limit() + 1L).toList();
        List<Found> page = all.subList(0, Math.min(query.limit(), all.size()));
        return new Page<>(page.stream().map(Found::view).toList(),
                all.size() > query.limit() ? Optional.of(page.getLast().key()) : Optional.empty());
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return living(index.withSessions(), owner, now).max(Comparator.comparing(Found::session, ACTIVATED))
                .map(Found::view);
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return live(index.of(id), owner, now).flatMap(state -> state.activity().find(id).stream())
                .min(Comparator.comparing(Turn::startedAt).thenComparing(Turn::conversationId));
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        return reads.activity(id, now);
    }

    @Override
    public List<ConversationId> expiredSessions(Instant now, int limit) {
        return due(index.expiring(), limit, state -> state.head().filter(head -> head.isExpired(now)).isPresent()
                || state.activity().sessions().stream().anyMatch(session -> session.isExpired(now)));
    }

    @Override
    public List<ConversationId> expiredLeases(Instant now, int limit) {
        return due(index.running(), limit,
                state -> state.activity().openTurn().filter(turn -> turn.isLeaseOver(now)).isPresent());
    }

    private List<ConversationId> due(Collection<ConversationId> ids, int limit, Predicate<State> isDue) {
        UnitOfWork.refuseInsideAWork();
        return states(ids).filter(isDue).flatMap(state -> state.head().stream()).map(Conversation::id).sorted()
                .limit(limit).toList();
    }

    private Stream<Found> living(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return live(ids, owner, now).flatMap(state -> state.activity().sessions().stream()
                .filter(session -> !session.isExpired(now)).map(session -> new Found(session, state.activity())));
    }

    private Stream<State> live(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return states(ids).filter(state -> state.isLive(now) && state.head().orElseThrow().owner().equals(owner));
    }

    private Stream<State> states(Collection<ConversationId> ids) {
        return ids.stream().flatMap(id -> slots.find(id).stream()).filter(slot -> slot.damage.isEmpty())
                .map(slot -> slot.state);
    }
}
