package dev.confab.domain.conversation;

import java.util.Optional;

/** A message before it is in a conversation, with the limits of {@link Message}. The adapter that reads data checks that it is JSON. */
public record MessageDraft(MessageId id, Role role, String text, Optional<String> data, Metadata metadata) {

    public MessageDraft {
        Message.requireText(text);
        data.ifPresent(Message::requireData);
    }

    public static MessageDraft of(MessageId id, Role role, String text) {
        return new MessageDraft(id, role, text, Optional.empty(), Metadata.EMPTY);
    }

    /** The same for the same content, whatever the id. */
    public Digest digest() {
        return Digest.of("message").field(role.name()).field(text).field(data).field(metadata).build();
    }

    /** Whether {@code stored} was created from this draft, even if it was edited since. */
    public boolean made(Message stored) {
        return stored.id().equals(id) && stored.digest().equals(digest());
    }
}
