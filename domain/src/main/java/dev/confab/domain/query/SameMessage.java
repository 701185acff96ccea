package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What makes messages in several conversations of an owner one message to a search: the same id, time, role, author and text. A fork copies
 * all of them. A message that is edited there, or in the conversation that it was forked from, is another message from then on, until both
 * have the same text again. Its data and metadata do not count, as a search does not look at them.
 */
public record SameMessage(MessageId id, Instant createdAt, Role role, Optional<Author> author, String text) {
    /** Of the conversations that hold the message, the first one is the hit. */
    public static final Comparator<Conversation> OLDEST_FIRST = Comparator.comparing(Conversation::createdAt)
            .thenComparing(Conversation::id);

    public static SameMessage of(Message message) {
        return new SameMessage(message.id(), message.createdAt(), message.role(), message.author(), message.text());
    }
}
