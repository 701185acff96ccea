package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on the messages of a conversation. Every call throws {@code ConversationNotFound} when the owner has no such conversation.
 * Calls with a precondition throw {@code VersionConflict} when it does not admit the current version; a repeated request is recognised
 * first and needs no valid precondition.
 */
public interface Messages {
    /** The most messages that one request appends. */
    int MAX_BATCH = 1_000;

    /** Appends a message. The same request again returns the same message; another request with its id throws {@code MessageIdReused}. */
    Written<Message> append(OwnerId owner, ConversationId id, NewMessage message, Precondition precondition);

    /** Appends 1..1000 messages in one commit. A batch must be wholly new or wholly repeated, else {@code MessageIdReused} is thrown. */
    Written<List<Message>> appendAll(OwnerId owner, ConversationId id, List<NewMessage> messages,
            Precondition precondition);

    /** Changes a message's content; throws {@code MessageIsRemoved} if that is gone. The precondition applies to the message's own version. */
    Written<Message> edit(OwnerId owner, ConversationId id, MessageId messageId, Edit edit, Precondition precondition);

    /**
     * Removes a message's content for good: author, text, data and metadata. Its position stays, {@code removedAt} says when, and no append
     * brings it back. The precondition applies to the message's own version; repeating the call changes nothing, whatever the precondition.
     * An unfinished turn of which it is the prompt is cancelled. Throws {@code MessageNotFound} if it does not exist.
     */
    Written<Message> remove(OwnerId owner, ConversationId id, MessageId messageId, Precondition precondition);

    /** Removes all messages after this one; throws {@code MessageNotFound} if it does not exist. */
    Conversation truncate(OwnerId owner, ConversationId id, MessageId last, Precondition precondition);

    /** Removes all messages. */
    Conversation clear(OwnerId owner, ConversationId id, Precondition precondition);

    ConversationWindow read(OwnerId owner, ConversationId id, Window window);

    /** The conversation and this message. */
    ConversationWindow read(OwnerId owner, ConversationId id, MessageId messageId);

    /** @param version 0 for all messages */
    Changes changesSince(OwnerId owner, ConversationId id, long version);

    /**
     * @param conversationVersion after the write; the current one when nothing was written
     * @param isNew false when the same request had been executed before
     */
    record Written<T>(T value, Version conversationVersion, boolean isNew) {
    }

    /** Computes the new content from the old one, part by part. */
    record Edit(UnaryOperator<String> text, UnaryOperator<Optional<String>> data, UnaryOperator<Metadata> metadata) {
    }

    /** A message that a client wants to append, with the limits of {@code MessageDraft}. The data are JSON text. */
    record NewMessage(RequestedId id, Role role, Optional<Author> author, String text, Optional<String> data,
            Metadata metadata, Optional<Instant> createdAt) {

        /** Without an author, and written now. */
        public NewMessage(RequestedId id, Role role, String text, Optional<String> data, Metadata metadata) {
            this(id, role, Optional.empty(), text, data, metadata, Optional.empty());
        }

        /** @param chosen the id that {@link #id} stands for */
        public MessageDraft draft(MessageId chosen) {
            return new MessageDraft(chosen, role, author, text, data, metadata, createdAt);
        }
    }
}
