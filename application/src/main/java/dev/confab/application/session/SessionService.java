package dev.confab.application.session;

import dev.confab.application.CreateResult;
import dev.confab.application.Sessions;
import dev.confab.application.conversation.ConversationChanges;
import dev.confab.application.conversation.ConversationLookup;
import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.Sweep;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The use cases on sessions; each is one transaction on the conversation of the session. */
public record SessionService(RetryingConversationStore store, SessionReader sessions, IdResolver ids,
        LocalTurns local, InstantSource clock) implements Sessions {

    @Override
    public CreateResult<SessionView> create(OwnerId owner, Creation request) {
        return create(store.token(owner), request);
    }

    @Override
    public CreateResult<SessionView> create(FencingToken token, Creation request) {
        return new SessionCreation(store, sessions, ids, local, clock).create(token, request);
    }

    @Override
    public SessionView get(OwnerId owner, SessionId id) {
        return sessions.session(owner, id, clock.instant()).orElseThrow(() -> new SessionNotFound(id));
    }

    @Override
    public Page<SessionView, SessionQuery.Key> list(OwnerId owner, SessionQuery query) {
        return sessions.sessions(owner, query, clock.instant());
    }

    @Override
    public Optional<SessionView> current(OwnerId owner) {
        return sessions.current(owner, clock.instant());
    }

    @Override
    public SessionView activate(OwnerId owner, SessionId id) {
        Instant activation = new SessionCreation(store, sessions, ids, local, clock).activation(owner, clock.instant());
        return inSession(owner, id,
                (tx, head, session, at) -> changed(tx, session, Optional.of(session.activate(activation)), at));
    }

    @Override
    public SessionView change(OwnerId owner, SessionId id, UnaryOperator<Settings> change, Precondition precondition) {
        return inSession(owner, id, (tx, head, session, at) -> {
            session.expect(precondition);
            return changed(tx, session, session.change(change, at), at);
        });
    }

    @Override
    public SessionView makePermanent(OwnerId owner, SessionId id, Optional<Title> name) {
        return inSession(owner, id, (tx, head, session, at) -> {
            ConversationChanges.record(tx, head, head.makePermanent(at));
            return changed(tx, session, session.makePermanent(name, at), at);
        });
    }

    @Override
    public void delete(OwnerId owner, SessionId id) {
        ConversationId conversation = conversationOf(owner, id);
        TurnEnd end = new TurnEnd(local);
        var _ = inSession(owner, id, conversation, (tx, head, session, at) -> {
            if (head.expiresAt().isPresent() && !isUsedByAnother(tx.activity(), id, at)) {
                ConversationChanges.purge(tx, head, at);
            } else {
                tx.activity().end(id, at).forEach(event -> end.record(tx, event));
            }
            return id;
        });
    }

    private static boolean isUsedByAnother(Activity activity, SessionId id, Instant at) {
        return activity.sessions().stream().anyMatch(other -> !other.id().equals(id) && !other.isExpired(at));
    }

    @Override
    public SessionView clear(OwnerId owner, SessionId id) {
        return inSession(owner, id, (tx, head, session, at) -> {
            ConversationChanges.clear(tx, head, at);
            return view(tx, session);
        });
    }

    @Override
    public int sweep() {
        Instant at = clock.instant();
        // Leases first: a user may wait for the turn of a crashed instance, but no reader sees an expired session.
        return Sweep.all(limit -> sessions.expiredLeases(at, limit), id -> sweep(id, at))
                + Sweep.all(limit -> sessions.expiredSessions(at, limit), id -> sweep(id, at));
    }

    @Override
    public int failOrphanedTurns() {
        Instant at = clock.instant();
        // Each is handled once: a turn that is found later began with the end of an orphan, and runs here.
        Iterator<List<ConversationId>> pages = List.of(sessions.expiredLeases(Instant.MAX, Integer.MAX_VALUE))
                .iterator();
        return Sweep.all(_ -> pages.hasNext() ? pages.next() : List.of(), id -> {
            TurnEnd end = new TurnEnd(local);
            return handOver().transact(id, tx -> {
                Optional<Turn> orphan = tx.activity().openTurn().filter(turn -> turn.state() instanceof Running);
                orphan.ifPresent(turn -> end.record(tx, turn.fail(TurnFailure.INSTANCE_CRASHED, at)));
                return orphan.isPresent();
            });
        });
    }

    /** Checks again: what was due may have been made permanent, ended or swept since it was listed. */
    private boolean sweep(ConversationId id, Instant at) {
        TurnEnd end = new TurnEnd(local);
        return handOver().transact(id, tx -> {
            if (tx.find().isEmpty()) {
                return false;
            }
            if (ConversationChanges.purgeExpired(tx, at)) {
                return true;
            }
            List<Session> expired = tx.activity().sessions().stream().filter(session -> session.isExpired(at)).toList();
            expired.forEach(
                    session -> tx.activity().end(session.id(), at).forEach(event -> end.record(tx, event)));
            return end.recordAbandoned(tx, at) || !expired.isEmpty();
        });
    }

    private interface SessionChange<R> {
        R apply(ConversationTransaction tx, Conversation head, Session session, Instant at);
    }

    /** Looks the session up, and looks again inside the transaction, because it may have ended in between. */
    private <R> R inSession(OwnerId owner, SessionId id, SessionChange<R> change) {
        return inSession(owner, id, conversationOf(owner, id), change);
    }

    private ConversationId conversationOf(OwnerId owner, SessionId id) {
        return sessions.session(owner, id, clock.instant()).orElseThrow(() -> new SessionNotFound(id)).session()
                .conversationId();
    }

    private <R> R inSession(OwnerId owner, SessionId id, ConversationId conversation, SessionChange<R> change) {
        Instant at = clock.instant();
        return handOver().transact(conversation, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at, () -> new SessionNotFound(id));
            return change.apply(tx, head, tx.activity().session(owner, id, at), at);
        });
    }

    /** The end of a session ends its turns, and then the next one begins. */
    private HandOver handOver() {
        return new HandOver(store, local, clock);
    }

    private static SessionView changed(ConversationTransaction tx, Session session, Optional<Session> change,
            Instant at) {
        change.ifPresent(changed -> tx.record(new SessionChanged(changed, at)));
        return view(tx, change.orElse(session));
    }

    private static SessionView view(ConversationTransaction tx, Session session) {
        return new SessionView(session, tx.activity().latestTurn(session.id()));
    }
}
