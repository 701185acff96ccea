package dev.confab.application.turn;

import dev.confab.application.CreateResult;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start;
import dev.confab.application.Turns.Start.Input;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.conversation.ConversationChanges;
import dev.confab.application.conversation.ConversationLookup;
import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.LocalTurns;
import dev.confab.application.conversation.MessageBatch;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.run.RunPermits.Permit;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Metadata;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Starts turns. A repeated request is recognised first; only a new one is rejected because another turn is in progress. */
record TurnCreation(RetryingConversationStore store, SessionReader sessions, IdResolver ids, LocalTurns local,
        InstantSource clock) {
    /** How many messages back from the end a regeneration looks for a prompt. */
    private static final int MAX_MESSAGES_BACK = 1_000;

    private interface TurnStart {
        CreateResult<Turn> apply(ConversationTransaction tx, Conversation head, Session session);
    }

    /** @param permit acquired before anything of a new turn is recorded */
    CreateResult<Turn> start(OwnerId owner, SessionId sessionId, Start request, IfBusy ifBusy, Duration lease,
            Permit permit) {
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
        var turn = new NewTurn(id, request.id(), ifBusy, new TurnEnd(local), permit, at, leaseUntil);
        TurnStart start = switch (request) {
            case Prompt prompt -> {
                var messages = MessageBatch.of(ids, conversation, List.of(new NewMessage(prompt.messageId(), Role.USER,
                        prompt.text(), Optional.empty(), Metadata.EMPTY)), at);
                yield answering(messages, digest(sessionId, prompt, messages.drafts().getFirst()), turn);
            }
            case Input input -> {
                var messages = MessageBatch.of(ids, conversation, input.messages(), at);
                yield answering(messages,
                        messages.addTo(Digest.of("turn-input").field(sessionId.toString())).build(), turn);
            }
            case Regeneration _ ->
                regenerating(Digest.of("regenerate").field(sessionId.toString()).build(), turn);
        };
        return new HandOver(store, local, clock).transactCreation(conversation, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at, () -> new SessionNotFound(sessionId));
            return start.apply(tx, head, tx.activity().session(owner, sessionId, at));
        }, found -> found.value().isLeasedUntil(leaseUntil) || found.value().queuedAt().equals(Optional.of(at))
                ? new CreateResult<>(found.value(), true)
                : found);
    }

    /** Appends the messages and starts the turn, which answers the last of them; or lets it wait with them. */
    private static TurnStart answering(MessageBatch messages, Digest digest, NewTurn turn) {
        return (tx, head, session) -> earlier(tx, turn.id, digest)
                .or(() -> earlierQueued(tx, turn.requested, messages, digest))
                .or(() -> earlier(tx, turn.requested, messages, digest))
                .orElseGet(() -> {
                    if (turn.makeRoom(tx) == Room.BEHIND_OTHERS) {
                        return turn.queue(tx, session, messages.drafts(), digest);
                    }
                    List<Message> made = messages.append(tx, turn.at);
                    return turn.begin(tx, session, made.getLast().id(), digest);
                });
    }

    /** Removes all messages after the last prompt and starts the turn, which answers it. */
    private static TurnStart regenerating(Digest digest, NewTurn turn) {
        if (turn.ifBusy == IfBusy.QUEUE) {
            throw new InvalidValue("ifBusy",
                    "must be reject or interrupt with regenerate: what follows the last prompt "
                            + "when the turn begins is not known yet");
        }
        return (tx, head, session) -> earlier(tx, turn.id, digest).orElseGet(() -> {
            Room _ = turn.makeRoom(tx);
            Message prompt = lastPrompt(tx, tx.conversation());
            ConversationChanges.record(tx, head, tx.conversation().truncateAfter(prompt, turn.at));
            return turn.begin(tx, session, prompt.id(), digest);
        });
    }

    /** Where a new turn has room: it begins now, or waits. */
    private enum Room {
        NOW, BEHIND_OTHERS
    }

    /** A turn that is to start, unless the request is a repeated one. */
    private record NewTurn(TurnId id, RequestedId requested, IfBusy ifBusy, TurnEnd end, Permit permit, Instant at,
            Instant leaseUntil) {

        /** Ends an abandoned turn, or one that is to be interrupted, so that what it said comes before the new prompt. */
        private Room makeRoom(ConversationTransaction tx) {
            switch (ifBusy) {
                case REJECT -> {
                    permit.acquire();
                    if (tx.activity().queuedTurns().isEmpty()) {
                        boolean _ = end.recordAbandoned(tx, at);
                    }
                    tx.activity().openTurn().ifPresent(unfinished -> {
                        throw new TurnInProgress(unfinished.id());
                    });
                }
                case QUEUE -> {
                    boolean _ = end.recordAbandoned(tx, at);
                    if (tx.activity().openTurn().isPresent() || tx.activity().next().isPresent()) {
                        permit.requireRoomBehind();
                        return Room.BEHIND_OTHERS;
                    }
                    permit.acquire();
                }
                case INTERRUPT -> {
                    if (tx.activity().openTurn().filter(end.local()::isRunning).isPresent()) {
                        permit.acquireInPlaceOfAnother();
                    } else {
                        permit.acquire();
                    }
                    boolean _ = end.recordAbandoned(tx, at);
                    end.recordCancelled(tx, at);
                }
            }
            return Room.NOW;
        }

        private CreateResult<Turn> queue(ConversationTransaction tx, Session session, List<MessageDraft> messages,
                Digest digest) {
            requireFreeReplyId(tx);
            tx.record(tx.activity().queue(id, session, messages, digest, at));
            return new CreateResult<>(tx.activity().turn(id), true);
        }

        private CreateResult<Turn> begin(ConversationTransaction tx, Session session, MessageId prompt, Digest digest) {
            requireFreeReplyId(tx);
            tx.activity().start(id, session, prompt, digest, at, leaseUntil).forEach(tx::record);
            return new CreateResult<>(tx.activity().turn(id), true);
        }

        /** Throws {@link TurnIdReused} when the reply would have the id of another message. */
        private void requireFreeReplyId(ConversationTransaction tx) {
            tx.message(id.replyId()).ifPresent(other -> {
                throw new TurnIdReused(id, other.id());
            });
        }
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

    /** The turn that waits, or ended without having begun, with the same messages, for a request that chose only their ids. */
    private static Optional<CreateResult<Turn>> earlierQueued(ConversationTransaction tx, RequestedId requested,
            MessageBatch messages, Digest digest) {
        MessageId prompt = messages.drafts().getLast().id();
        Optional<Turn> queued = tx.activity().turns().reversed().stream()
                .filter(turn -> !turn.hasBegun() && turn.promptId().equals(prompt)).findFirst();
        Optional<Turn> same = queued
                .filter(turn -> requested instanceof RequestedId.Unnamed && turn.digest().equals(digest));
        if (same.isEmpty() && queued.filter(Turn::isQueued).isPresent()) {
            throw new MessageIdReused(tx.conversation().id(), prompt);
        }
        return same.map(turn -> new CreateResult<>(turn, false));
    }

    /**
     * The turn that the same messages started, for a request that chose only their ids; empty when these are new. If the messages were
     * removed and sent again, the last such turn. A regeneration, or a turn of another session, has another digest.
     */
    private static Optional<CreateResult<Turn>> earlier(ConversationTransaction tx, RequestedId requested,
            MessageBatch messages, Digest digest) {
        return messages.earlier(tx).map(known -> tx.activity().turns().reversed().stream()
                .filter(turn -> requested instanceof RequestedId.Unnamed && turn.digest().equals(digest))
                .findFirst().map(turn -> new CreateResult<>(turn, false))
                .orElseThrow(() -> new MessageIdReused(tx.conversation().id(), known.getFirst().id())));
    }

    /** The latest message that is the user's, or that started one of the latest turns: what came with it must not be removed. */
    private static Message lastPrompt(ConversationTransaction tx, Conversation head) {
        Set<MessageId> prompts = tx.activity().turns().stream().map(Turn::promptId).collect(Collectors.toSet());
        int first = Math.max(1, head.messageCount() - MAX_MESSAGES_BACK + 1);
        for (int position = head.messageCount(); position >= first; position--) {
            Message message = tx.messageAt(position).orElseThrow();
            boolean prompted = message.role() == Role.USER || prompts.contains(message.id());
            if (prompted && !message.isRemoved()) {
                return message;
            }
        }
        throw new NothingToRegenerate(head.id());
    }
}
