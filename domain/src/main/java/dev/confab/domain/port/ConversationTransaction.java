package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.Optional;

/**
 * One work's view of its conversation. Reads see what the same work recorded before.
 *
 * <p>It belongs to the thread that runs the work, for as long as the work runs; any other use is an
 * {@link IllegalStateException}. So is a reader or a {@code transact} called inside a work.
 */
public interface ConversationTransaction {
    /** At most so many events may be recorded in one transaction. */
    int MAX_EVENTS = 1_001;

    /**
     * The recorded messages, sessions and turns may weigh so much in all ({@link Message#weight()}); messages of a fork or an import do
     * not count. The largest turn there can be fits, with its reply.
     */
    int MAX_BYTES = 16 * 1024 * 1024;

    /** A fork or an import may carry so many messages. */
    int MAX_CREATION_MESSAGES = 10_000;

    /** The messages of a fork or an import may weigh so much in all. */
    int MAX_CREATION_BYTES = 32 * 1024 * 1024;

    /** The head; empty when there is none, in the bin when {@link Conversation#isDeleted()}. */
    Optional<Conversation> find();

    /** The live head; {@link ConversationNotFound} when there is none or it is in the bin. */
    Conversation conversation();

    /** The message with this id, in a deleted conversation too. */
    Optional<Message> message(MessageId id);

    /** The message at this position, 1..messageCount. */
    Optional<Message> messageAt(int position);

    /** The sessions and turns of the conversation, in the bin too; nothing when there is no conversation. */
    Activity activity();

    /**
     * Records what happened to a session or a turn, to be committed with all else of this work or not at all. It must be this
     * conversation's and follow from {@link #activity()}, else {@link IllegalArgumentException}. When the work ends, an unfinished
     * turn's prompt must be a message of the live conversation: whoever takes it away cancels the turn in the same work.
     */
    void record(SessionEvent event);

    /**
     * Records an event, to be committed with all others of this work or not at all. It must be this conversation's and the
     * next one, of a kind its state allows, else {@link IllegalArgumentException}; {@link TransactionTooLarge} past the bounds.
     */
    void record(ConversationEvent event);
}
