package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on the messages of a conversation. Every call throws {@code ConversationNotFound} for a conversation that is not
 * the owner's; those that change something {@code VersionConflict} when the precondition fails, which is looked at only after
 * a repeat was recognised.
 */
public interface Messages {

    /** Appends one message; the same request again gives what the first one made, another with its id {@code MessageIdReused}. */
    Written<Message> append(OwnerId owner, ConversationId id, NewMessage message, Precondition precondition);

    /** Appends 1..1000 messages in one commit. A batch is wholly new or wholly repeated, else {@code MessageIdReused}. */
    Written<List<Message>> appendAll(OwnerId owner, ConversationId id, List<NewMessage> messages,
            Precondition precondition);

    /** Changes a message's content; the precondition is about the message's own version. */
    Written<Message> edit(OwnerId owner, ConversationId id, MessageId messageId, Edit edit, Precondition precondition);

    /** Keeps the messages up to and including this one; {@code MessageNotFound} without it. */
    Conversation truncate(OwnerId owner, ConversationId id, MessageId last, Precondition precondition);

    /** Removes all messages. */
    Conversation clear(OwnerId owner, ConversationId id, Precondition precondition);

    ConversationWindow read(OwnerId owner, ConversationId id, Window window);

    /** The head and this one message. */
    ConversationWindow read(OwnerId owner, ConversationId id, MessageId messageId);

    /** @param version 0 for everything */
    Changes changesSince(OwnerId owner, ConversationId id, long version);

    /**
     * @param conversationVersion after the write, or as it is when nothing was written
     * @param isNew false when the same request had made it before
     */
    record Written<T>(T value, Version conversationVersion, boolean isNew) {
    }

    /** The new content from the old one, part by part. */
    record Edit(UnaryOperator<String> text, UnaryOperator<Optional<String>> data, UnaryOperator<Metadata> metadata) {
    }
}
