package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.Optional;

/**
 * One transaction on one conversation, as its transaction function uses it. Reads see what the same transaction has recorded.
 *
 * <p>Only the thread that runs the transaction function may use it, and only while the function runs. Any other use throws
 * {@link IllegalStateException}, and so does calling a reader or {@code transact} inside a transaction function.
 */
public interface ConversationTransaction {
    /** The maximum number of events in one transaction. */
    int MAX_EVENTS = 1_001;

    /**
     * The maximum total weight ({@link Message#weight()}) of the messages, sessions and turns recorded in one transaction, without
     * the messages of a fork or an import. The largest possible turn fits together with its reply.
     */
    int MAX_BYTES = 16 * 1024 * 1024;

    /** The maximum number of messages that a conversation can begin with in one transaction. More of them are staged in several. */
    int MAX_CREATION_MESSAGES = 10_000;

    /** The maximum total weight of the messages that a conversation can begin with in one transaction. */
    int MAX_CREATION_BYTES = 32 * 1024 * 1024;

    /** The maximum number of messages of one {@code MessagesStaged}. Their weight counts for {@link #MAX_BYTES}. */
    int MAX_STAGED_MESSAGES = 1_000;

    /** The head, live or deleted ({@link Conversation#isDeleted()}); empty when there is no conversation. */
    Optional<Conversation> find();

    /** The head; throws {@link ConversationNotFound} if there is no conversation or it is deleted. */
    Conversation conversation();

    /** The message with this id, also of a deleted conversation. */
    Optional<Message> message(MessageId id);

    /** The message at this position; empty when the position is not in 1..messageCount. */
    Optional<Message> messageAt(int position);

    /**
     * Lets the transaction commit a conversation that it creates only if the owner has not been erased since the request took this
     * token (E2 of {@link OwnerEraser}). Without a token, nothing is checked; every use case that creates a conversation has one.
     */
    void expectNotErased(FencingToken token);

    /** The sessions and turns, also of a deleted conversation; {@link Activity#NONE} when there is no conversation. */
    Activity activity();

    /**
     * Records a change of a session or a turn. When the transaction function returns, the prompt of a turn that has begun and is unfinished
     * must be a message of the live conversation, so a function that removes the prompt must also cancel the turn. If no turn runs or awaits
     * an approval then, none may wait: a function that ends a turn must also begin the next one, or end those that wait.
     *
     * @throws IllegalArgumentException if the event is of another conversation or does not follow from {@link #activity()}
     * @throws TransactionTooLarge if a limit is exceeded
     */
    void record(SessionEvent event);

    /** Records a change of the conversation or of its messages. Throws the same unless the event is the next one. */
    void record(ConversationEvent event);
}
