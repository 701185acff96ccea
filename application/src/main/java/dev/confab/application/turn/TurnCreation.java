package dev.confab.application.turn;

import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.conversation.ConversationChanges;
import dev.confab.application.conversation.ConversationLookup;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.run.RunPermits.Permit;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.session.NothingToRegenerate;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Starts turns. A repeated request is recognised first; only a new one is rejected because another turn is in progress. */
record TurnCreation(RetryingConversationStore store, SessionReader sessions, IdResolver ids, LocalTurns local,
        InstantSource clock) {
    /** How many messages back from the end a regeneration looks for a prompt. */
    private static final int MAX_MESSAGES_BACK = 1_000;

    private interface TurnStart {
        CreateResult<Turn> apply(ConversationTransaction tx, Conversation head, Session session);
    }

    /** @param permit acquired before anything of a new turn is recorded */
    CreateResult<Turn> start(OwnerId owner, SessionId sessionId, Start request, Duration lease, Permit permit) {
        Instant at = clock.instant();
        ConversationId conversation = sessions.session(owner, sessionId, at)
                .orElseThrow(() -> new SessionNotFound(sessionId)).session().conversationId();
        TurnId id = ids.turn(conversation, request.id());
        // The store keeps a turn's id unique in its conversation; here the owner's other conversations are checked.
        if (request.id() instanceof RequestedId.Given && sessions.turn(owner, id, at)
                .filter(turn -> !turn.conversationId().equals(conversation)).isPresent()) {
            throw new TurnIdReused(id);
        }
        Instant leaseUntil = at.plus(lease);
        TurnEnd end = new TurnEnd(local);
        TurnStart start = switch (request) {
            case Prompt prompt -> {
                MessageDraft draft = MessageDraft.of(ids.message(conversation, prompt.messageId()), Role.USER,
                        prompt.text());
                Digest digest = digest(sessionId, prompt, draft);
                yield (tx, head, session) -> earlier(tx, id, digest).or(() -> earlier(tx, prompt, draft, digest))
                        .orElseGet(() -> {
                            permit.acquire();
                            makeRoom(tx, end, at);
                            tx.record(tx.conversation().append(draft, at));
                            return begin(tx, id, session, draft.id(), digest, at, leaseUntil);
                        });
            }
            case Regeneration _ -> {
                Digest digest = Digest.of("regenerate").field(sessionId.toString()).build();
                yield (tx, head, session) -> earlier(tx, id, digest).orElseGet(() -> {
                    permit.acquire();
                    makeRoom(tx, end, at);
                    Message prompt = lastPrompt(tx, tx.conversation());
                    ConversationChanges.record(tx, head, tx.conversation().truncateAfter(prompt, at));
                    return begin(tx, id, session, prompt.id(), digest, at, leaseUntil);
                });
            }
        };
        return store.transactCreation(conversation, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at, () -> new SessionNotFound(sessionId));
            return start.apply(tx, head, tx.activity().session(owner, sessionId, at));
        }, found -> found.value().isLeasedUntil(leaseUntil) ? new CreateResult<>(found.value(), true) : found);
    }

    /** Ends an abandoned turn, so that what it said comes before the new prompt; throws {@link TurnInProgress} if another is unfinished. */
    private static void makeRoom(ConversationTransaction tx, TurnEnd end, Instant at) {
        boolean _ = end.recordAbandoned(tx, at);
        tx.activity().openTurn().ifPresent(turn -> {
            throw new TurnInProgress(turn.id());
        });
    }

    private static Digest digest(SessionId session, Prompt prompt, MessageDraft draft) {
        String messageId = prompt.messageId() instanceof RequestedId.Unnamed ? "" : draft.id().toString();
        return Digest.of("turn").field(session.toString()).field(messageId).field(draft.text()).build();
    }

    private static Optional<CreateResult<Turn>> earlier(ConversationTransaction tx, TurnId id, Digest digest) {
        Optional<Turn> there = tx.activity().find(id);
        there.filter(turn -> !turn.digest().equals(digest)).ifPresent(other -> {
            throw new TurnIdReused(id);
        });
        return there.map(turn -> new CreateResult<>(turn, false));
    }

    /**
     * The turn that the same prompt started, for a request that chose only its message's id; empty when that id is new. If the message was
     * removed and sent again, the last such turn. A regeneration, or a turn of another session, has another digest.
     */
    private static Optional<CreateResult<Turn>> earlier(ConversationTransaction tx, Prompt prompt, MessageDraft draft,
            Digest digest) {
        return tx.message(draft.id()).map(there -> {
            boolean repeatable = prompt.id() instanceof RequestedId.Unnamed && draft.made(there);
            return tx.activity().turns().reversed().stream()
                    .filter(turn -> repeatable && turn.digest().equals(digest))
                    .findFirst().map(turn -> new CreateResult<>(turn, false))
                    .orElseThrow(() -> new MessageIdReused(tx.conversation().id(), draft.id()));
        });
    }

    /** Throws {@link TurnIdReused} when the reply would have the id of another message. */
    private static CreateResult<Turn> begin(ConversationTransaction tx, TurnId id, Session session, MessageId prompt,
            Digest digest, Instant at, Instant leaseUntil) {
        tx.message(id.replyId()).ifPresent(other -> {
            throw new TurnIdReused(id, other.id());
        });
        tx.activity().start(id, session, prompt, digest, at, leaseUntil).forEach(tx::record);
        return new CreateResult<>(tx.activity().turn(id), true);
    }

    private static Message lastPrompt(ConversationTransaction tx, Conversation head) {
        int first = Math.max(1, head.messageCount() - MAX_MESSAGES_BACK + 1);
        for (int position = head.messageCount(); position >= first; position--) {
            Message message = tx.messageAt(position).orElseThrow();
            if (message.role() == Role.USER) {
                return message;
            }
        }
        throw new NothingToRegenerate(head.id());
    }
}
