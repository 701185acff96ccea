package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message before it is in a conversation, with the limits of {@link Message}. The adapter that reads data checks that it is JSON.
 *
 * @param createdAt when it was written, if it is a message of the past
 */
public record MessageDraft(MessageId id, Role role, Optional<Message.Author> author, String text, Optional<String> data,
        Metadata metadata, Optional<Instant> createdAt) {

    public MessageDraft {
        Message.requireText(text);
        data.ifPresent(Message::requireData);
        createdAt.ifPresent(Times::requireMillis);
    }

    /** Without an author, and written now. */
    public MessageDraft(MessageId id, Role role, String text, Optional<String> data, Metadata metadata) {
        this(id, role, Optional.empty(), text, data, metadata, Optional.empty());
    }

    public static MessageDraft of(MessageId id, Role role, String text) {
        return new MessageDraft(id, role, text, Optional.empty(), Metadata.EMPTY);
    }

    /** Returns this draft; throws {@link InvalidValue} for the field if it says that it was written after {@code now}. */
    public MessageDraft requireNotAfter(Instant now, String field) {
        if (createdAt.filter(written -> written.isAfter(now)).isPresent()) {
            throw new InvalidValue(field, "must not be in the future; the time of the server is " + now);
        }
        return this;
    }

    /** As {@link Message#weight()} of the message that it becomes. */
    public int weight() {
        return 256 + contentBytes();
    }

    /** The bytes of author, text, data and metadata in UTF-8. */
    public int contentBytes() {
        return Message.contentBytes(author, text, data, metadata);
    }

    /** The same for the same content, whatever the id. */
    public Digest digest() {
        var digest = Digest.of("message").field(role.name()).field(text).field(data).field(metadata);
        // Drafts without these have the digest that they always had.
        author.ifPresent(present -> digest.field("author").field(present.name()));
        createdAt.ifPresent(present -> digest.field("createdAt").field(present.toString()));
        return digest.build();
    }

    /**
     * Whether {@code stored} was created from this draft, even if it was edited since. A removed message counts as created from every
     * draft with its id: nothing says any more what it was, and a late repeat must not bring it back.
     */
    public boolean made(Message stored) {
        return stored.id().equals(id) && (stored.isRemoved() || stored.digest().equals(digest()));
    }
}
