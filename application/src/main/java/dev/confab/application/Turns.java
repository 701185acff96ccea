package dev.confab.application;

import dev.confab.application.Messages.NewMessage;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;
import java.util.Optional;

/** Use cases on turns. Every call throws a "not found" exception when the session, turn or conversation is not the owner's. */
public interface Turns {

    /**
     * Starts a turn. One commit appends the prompt or the messages, or for a regeneration removes all messages after the last prompt, and
     * starts the turn, which then runs independently of the caller. The same request again returns the same turn.
     *
     * @param ifBusy not a part of the request: a repeated one returns the turn that the first one started, whatever became of it
     * @throws dev.confab.domain.session.TurnInProgress the conversation has an unfinished turn, which is not to be interrupted or waited for
     * @throws dev.confab.domain.session.TooManyQueuedTurns the maximum number of turns waits in the conversation
     * @throws dev.confab.domain.session.TurnIdReused another request used the id, in this conversation or another one of the owner, or
     *     the id of the reply is that of another message
     * @throws dev.confab.domain.conversation.MessageIdReused another message has the id of the prompt, or of one of the messages
     * @throws dev.confab.domain.session.NothingToRegenerate there is no prompt to answer again
     * @throws TooManyRunningTurns a new turn would be one too many on this instance; nothing is recorded
     * @throws TooManyTurnsOfOwner a new turn would be one too many for the owner of the request; nothing is recorded
     */
    CreateResult<Turn> start(OwnerId owner, SessionId session, Start request, IfBusy ifBusy);

    /** Starts a turn, unless the conversation has an unfinished one. */
    default CreateResult<Turn> start(OwnerId owner, SessionId session, Start request) {
        return start(owner, session, request, IfBusy.REJECT);
    }

    /** What a start does when the conversation has an unfinished turn. */
    enum IfBusy {
        /** Throws {@code TurnInProgress}. */
        REJECT,
        /** Cancels that turn, keeps its output, and starts the new one, all in one commit. */
        INTERRUPT,
        /** Lets the new turn wait until that turn and those that wait already have ended. A regeneration cannot wait. */
        QUEUE
    }

    Turn get(OwnerId owner, TurnId id);

    /** The latest turns of the conversation, latest first; at most {@code Activity.MAX_TURNS}. */
    List<Turn> list(OwnerId owner, ConversationId conversation);

    /** Cancels the turn, which may be waiting, and keeps the partial answer as a message; does nothing when the turn has finished. */
    Turn cancel(OwnerId owner, TurnId id);

    /**
     * Approves or rejects a tool call; final. After the last approval the turn runs again, on this instance. Throws as {@link
     * Turn#answer}, and {@link TooManyRunningTurns} and {@link TooManyTurnsOfOwner} as {@link #start} does.
     */
    Turn answer(OwnerId owner, TurnId id, String callId, Approval answer);

    /**
     * The messages that an assistant would be told of the conversation as it is now: its system messages, and the newest messages that
     * fit, without a gap. The budget has room for them and for the beginning of the answer.
     *
     * @param model whose tokens are counted; empty for the assistant's default
     * @throws ContextTooLarge the system messages and the last message do not fit
     * @throws Transfer.ChangedMeanwhile the conversation was changed each time it was read
     */
    TokenWindow context(OwnerId owner, ConversationId conversation, TokenBudget budget, Optional<String> model);

    /** What an assistant must be told has more tokens than it may be told. */
    final class ContextTooLarge extends RuntimeException {
        private final int budget;

        public ContextTooLarge(int budget) {
            super("what must be told has more than " + budget + " tokens", null, false, false);
            this.budget = budget;
        }

        public int budget() {
            return budget;
        }
    }

    /** As many turns run on this instance as its settings allow. */
    final class TooManyRunningTurns extends RuntimeException {
        public TooManyRunningTurns() {
            super("too many turns run on this instance", null, false, false);
        }
    }

    /** As many turns of the owner run on this instance as the limits of the request allow. */
    final class TooManyTurnsOfOwner extends RuntimeException {
        private final int limit;

        public TooManyTurnsOfOwner(int limit) {
            super(limit + " turns of the owner run on this instance", null, false, false);
            this.limit = limit;
        }

        public int limit() {
            return limit;
        }
    }

    /** What the turn answers. */
    sealed interface Start {
        /** The most messages that a turn starts with. */
        int MAX_MESSAGES = 100;

        RequestedId id();

        /** A new message of the user. */
        record Prompt(RequestedId id, RequestedId messageId, String text) implements Start {
        }

        /** New messages of any roles, 1..{@value #MAX_MESSAGES}; the last one is the prompt. It may be the result of a tool. */
        record Input(RequestedId id, List<NewMessage> messages) implements Start {
            public Input {
                messages = List.copyOf(messages);
                if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
                    throw new InvalidValue("messages",
                            "must have 1 to " + MAX_MESSAGES + " items, not " + messages.size());
                }
            }
        }

        /** The last prompt, once more: the latest message that is the user's or that started one of the latest turns. */
        record Regeneration(RequestedId id) implements Start {
        }
    }
}
