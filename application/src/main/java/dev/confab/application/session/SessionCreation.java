package dev.confab.application.session;

import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Sessions.Creation;
import dev.confab.application.conversation.ConversationChanges;
import dev.confab.application.conversation.ConversationLookup;
import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.IdempotentCreation;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionIdReused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Creates sessions: in an existing conversation, or together with a new one in one transaction. */
record SessionCreation(RetryingConversationStore store, SessionReader sessions, IdResolver ids, LocalTurns local,
        InstantSource clock) {

    CreateResult<SessionView> create(FencingToken token, Creation request) {
        OwnerId owner = token.owner();
        request.timeToLive().ifPresent(SessionCreation::requireBounds);
        boolean named = !(request.id() instanceof RequestedId.Unnamed);
        SessionId id = ids.session(owner, request.id());
        ConversationId conversation = request.conversation()
                .orElseGet(() -> named
                        ? ids.conversationOf(owner, id)
                        : ids.conversation(owner, new RequestedId.Unnamed()));
        Instant at = clock.instant();
        // The store keeps a session's id unique in its conversation; here the owner's other conversations are checked.
        if (named && sessions.session(owner, id, at)
                .filter(view -> !view.session().conversationId().equals(conversation)).isPresent()) {
            throw new SessionIdReused(id);
        }
        Lifetime lifetime = request.timeToLive()
                .<Lifetime>map(life -> new Lifetime.Temporary(at.plusMillis(life.toMillis())))
                .orElseGet(Lifetime.Permanent::new);
        Session session = Session.begin(id, conversation, owner, lifetime, request.settings(), digest(request), at)
                .activate(activation(owner, at));
        TurnEnd end = new TurnEnd(local);
        CreateResult<SessionView> made = new HandOver(store, local, clock).transactRepeatable(conversation, tx -> {
            if (request.conversation().isPresent()) {
                Conversation _ = ConversationLookup.live(tx, owner, at);
            } else if (startConversation(tx, token, session, at)) {
                tx.record(new SessionStarted(session, at));
                return new CreateResult<>(new SessionView(session, Optional.empty()), true);
            }
            return join(tx, session, end, at);
        });
        return IdempotentCreation.resultFor(request.id(), made);
    }

    /** The time for an activation now: later than the current session's, which an instance with a faster clock may have activated. */
    Instant activation(OwnerId owner, Instant at) {
        return sessions.current(owner, at).map(view -> Times.later(view.session().activatedAt().plusMillis(1), at))
                .orElse(at);
    }

    private static void requireBounds(Duration life) {
        if (life.compareTo(Sessions.MIN_TIME_TO_LIVE) < 0 || life.compareTo(Sessions.MAX_TIME_TO_LIVE) > 0) {
            throw new InvalidValue("timeToLive", "must be from " + Sessions.MIN_TIME_TO_LIVE.toSeconds() + " to "
                    + Sessions.MAX_TIME_TO_LIVE.toSeconds() + " seconds");
        }
    }

    private static Digest digest(Creation request) {
        var digest = Digest.of("session").field(request.conversation()).field(request.timeToLive())
                .field(request.settings().name()).field(request.settings().instructions())
                .field(request.settings().model())
                .field(request.settings().context().json());
        // Only when present, so that a request that was made before the upgrade is still recognised.
        request.settings().contextTokens()
                .ifPresent(budget -> digest.field("contextTokens").field(Integer.toString(budget.tokens())));
        return digest.build();
    }

    /** Returns whether it was new. It gets the session's digest, which recognises a repeated request even when the session has gone. */
    private static boolean startConversation(ConversationTransaction tx, FencingToken token, Session session,
            Instant at) {
        ConversationChanges.purgeExpired(tx, at);
        Optional<Conversation> there = tx.find();
        there.filter(head -> head.isDeleted() || !head.owner().equals(session.owner())
                || !head.digest().equals(session.digest())).ifPresent(other -> {
                    throw new SessionIdReused(session.id());
                });
        if (there.isEmpty()) {
            tx.expectNotErased(token);
            tx.record(Conversation.startUntil(session.lifetime().expiry(), session.conversationId(), session.owner(),
                    session.name(), Metadata.EMPTY, session.digest(), at));
        }
        return there.isEmpty();
    }

    private static CreateResult<SessionView> join(ConversationTransaction tx, Session session, TurnEnd end,
            Instant at) {
        Activity activity = tx.activity();
        Optional<Session> there = activity.find(session.id()).filter(same -> !same.isExpired(at));
        if (there.isPresent()) {
            if (!there.get().owner().equals(session.owner()) || !there.get().digest().equals(session.digest())) {
                throw new SessionIdReused(session.id());
            }
            return new CreateResult<>(new SessionView(there.get(), activity.latestTurn(session.id())), false);
        }
        activity.start(session, at).forEach(event -> end.record(tx, event));
        // A conversation expires with its first session only as long as no other session has used it.
        Conversation _ = ConversationChanges.record(tx, tx.conversation(), tx.conversation().makePermanent(at));
        return new CreateResult<>(new SessionView(session, Optional.empty()), true);
    }
}
