package dev.confab.application.session;

import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Sessions.Creation;
import dev.confab.application.conversation.ConversationChanges;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.MillisClock;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
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
import java.util.Optional;

/** Begins sessions: in a conversation that is there, or together with a new one, both or neither. */
record SessionCreation(RetryingConversationStore store, SessionReader sessions, IdResolver naming, MillisClock now) {

    CreateResult<SessionView> create(OwnerId owner, Creation request) {
        request.timeToLive().ifPresent(SessionCreation::requireBounds);
        boolean named = !(request.id() instanceof RequestedId.Unnamed);
        SessionId id = naming.session(owner, request.id());
        ConversationId conversation = request.conversation()
                .orElseGet(() -> named
                        ? naming.conversationOf(owner, id)
                        : naming.conversation(owner, new RequestedId.Unnamed()));
        Instant at = now.millis();
        if (named) {
            requireNotElsewhere(owner, id, conversation, at);
        }
        Lifetime lifetime = request.timeToLive().<Lifetime>map(life -> new Lifetime.Temporary(at.plusMillis(life.toMillis())))
                .orElseGet(Lifetime.Permanent::new);
        Session session = Session.begin(id, conversation, owner, lifetime, request.settings(), digest(request), at)
                .activate(activation(owner, at));
        CreateResult<SessionView> made = store.transactRepeatable(conversation, tx -> {
            if (request.conversation().isPresent()) {
                Conversation _ = ConversationChanges.live(tx, owner, at);
            } else if (startConversation(tx, session, at)) {
                tx.record(new SessionStarted(session, at));
                return new CreateResult<>(new SessionView(session, Optional.empty()), true);
            }
            return join(tx, session, at);
        });
        return named ? made : new CreateResult<>(made.value(), true);
    }

    /** When to say that a session of the owner's is activated now: after the current one was, also by an instance whose clock is ahead. */
    Instant activation(OwnerId owner, Instant at) {
        return sessions.current(owner, at).map(view -> Times.later(view.session().activatedAt().plusMillis(1), at))
                .orElse(at);
    }

    private static void requireBounds(Duration life) {
        if (life.compareTo(Sessions.MIN_TIME_TO_LIVE) < 0 || life.compareTo(Sessions.MAX_TIME_TO_LIVE) > 0) {
            throw new InvalidValue("ttlSeconds", "must be from " + Sessions.MIN_TIME_TO_LIVE.toSeconds() + " to "
                    + Sessions.MAX_TIME_TO_LIVE.toSeconds());
        }
    }

    /** A session's id is unique in its conversation by itself; that its owner does not use it in another one is looked up. */
    private void requireNotElsewhere(OwnerId owner, SessionId id, ConversationId conversation, Instant at) {
        sessions.session(owner, id, at).filter(view -> !view.session().conversationId().equals(conversation))
                .ifPresent(elsewhere -> {
                    throw new SessionIdReused(id);
                });
    }

    private static Digest digest(Creation request) {
        return Digest.of("session").field(request.conversation()).field(request.timeToLive()).field(request.settings().name())
                .field(request.settings().instructions()).field(request.settings().model())
                .field(request.settings().context().json()).build();
    }

    /**
     * Whether there was none yet; it has the session's digest: so a repeat knows it, also when the session itself is gone since.
     */
    private static boolean startConversation(ConversationTransaction tx, Session session, Instant at) {
        ConversationChanges.dropExpired(tx, at);
        Optional<Conversation> there = tx.find();
        there.filter(head -> head.isDeleted() || !head.owner().equals(session.owner())
                || !head.digest().equals(session.digest())).ifPresent(other -> {
                    throw new SessionIdReused(session.id());
                });
        if (there.isEmpty()) {
            tx.record(Conversation.startUntil(session.lifetime().expiry(), session.conversationId(), session.owner(),
                    session.name(), Metadata.EMPTY, session.digest(), at));
        }
        return there.isEmpty();
    }

    private static CreateResult<SessionView> join(ConversationTransaction tx, Session session, Instant at) {
        Activity activity = tx.activity();
        Optional<Session> there = activity.find(session.id()).filter(same -> !same.isExpired(at));
        if (there.isPresent()) {
            if (!there.get().owner().equals(session.owner()) || !there.get().digest().equals(session.digest())) {
                throw new SessionIdReused(session.id());
            }
            return new CreateResult<>(new SessionView(there.get(), activity.latestTurn(session.id())), false);
        }
        activity.start(session, at).forEach(tx::record);
        // It goes with the session that it began with only for as long as no other has used it.
        Conversation _ = ConversationChanges.record(tx, tx.conversation(), tx.conversation().makePermanent(at));
        return new CreateResult<>(new SessionView(session, Optional.empty()), true);
    }
}
