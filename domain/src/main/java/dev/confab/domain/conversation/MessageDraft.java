package dev.confab.domain.conversation;

import java.util.Optional;

/**
 * A message that is not yet part of a conversation.
 *
 * @param text at most 1 MiB of UTF-8; may be empty
 * @param data opaque JSON text of at most 64 KiB of UTF-8, the caller checks that it is JSON
 */
public record MessageDraft(MessageId id, Role role, String text, Optional<String> data, Metadata metadata) {

    public MessageDraft {
        Message.requireText(text);
        data.ifPresent(Message::requireData);
    }

    public static MessageDraft of(MessageId id, Role role, String text) {
        return new MessageDraft(id, role, text, Optional.empty(), Metadata.EMPTY);
    }

    /** The digest of the content, without the id. */
    public Digest digest() {
        return Digest.of("message").field(role.name()).field(text).field(data).field(metadata).build();
    }

    /** Whether the stored message was made from this draft, even if it has been edited since. */
    public boolean made(Message stored) {
        return stored.id().equals(id) && stored.digest().equals(digest());
    }
}
