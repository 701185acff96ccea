package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ActivityIndex;
import dev.confab.adapter.persistence.file.memory.ConversationState;
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
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads of sessions and turns. The index names conversations to look at, and each is then read as of one moment. */
record FileSessionReads(Snapshots snapshots, ActivityIndex index) implements SessionReader {
    private static final Comparator<Session> OLDEST_FIRST = Comparator.comparing(Session::createdAt)
            .thenComparing(Session::conversationId);
    private static final Comparator<Session> BY_ACTIVATION = Comparator.comparing(Session::activatedAt)
            .thenComparing(Session::id).thenComparing(Session::conversationId);

    /** A session and all activity of its conversation, from which its latest turn is taken if the session is returned. */
    private record Found(Session session, Activity activity) {
        SessionView view() {
            return new SessionView(session, activity.latestTurn(session.id()));
        }

        SessionQuery.Key key() {
            return SessionQuery.keyOf(session);
        }
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        return unexpired(index.of(id), owner, now).filter(found -> found.session().id().equals(id))
                .min(Comparator.comparing(Found::session, OLDEST_FIRST)).map(Found::view);
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        List<Found> found = unexpired(index.withSessions(), owner, now)
                .filter(each -> query.after().isEmpty() || each.key().compareTo(query.after().get()) > 0)
                .sorted(Comparator.comparing(Found::key)).limit(query.limit() + 1L).toList();
        return Page.of(found.stream().map(Found::view).toList(), query.limit(),
                view -> SessionQuery.keyOf(view.session()));
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        return unexpired(index.withSessions(), owner, now).max(Comparator.comparing(Found::session, BY_ACTIVATION))
                .map(Found::view);
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        return live(index.of(id), owner, now).flatMap(state -> state.activity().find(id).stream())
                .min(Comparator.comparing(Turn::startedAt).thenComparing(Turn::conversationId));
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        return snapshots.live(id, now, state -> new Activity(
                state.activity().sessions().stream().filter(session -> !session.isExpired(now)).toList(),
                state.activity().turns()));
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

    private List<ConversationId> due(Collection<ConversationId> ids, int limit, Predicate<ConversationState> isDue) {
        return snapshots.states(ids).filter(isDue).flatMap(state -> state.head().stream()).map(Conversation::id)
                .sorted().limit(limit)
                .toList();
    }

    private Stream<Found> unexpired(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return live(ids, owner, now).flatMap(state -> state.activity().sessions().stream()
                .filter(session -> !session.isExpired(now)).map(session -> new Found(session, state.activity())));
    }

    private Stream<ConversationState> live(Collection<ConversationId> ids, OwnerId owner, Instant now) {
        return snapshots.states(ids)
                .filter(state -> state.isLive(now) && state.head().orElseThrow().owner().equals(owner));
    }
}
