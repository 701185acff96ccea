package dev.confab.domain.conversation;

import java.util.UUID;

/**
 * Identifies a message within its conversation; a fork's messages keep their ids. A UUID: Confab creates version 7, or version 5 from an
 * idempotency key, or from the id of the turn that appends the message.
 */
public record MessageId(UUID value) implements CanonicalUuid<MessageId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static MessageId parse(String text) {
        return new MessageId(CanonicalUuid.parse("messageId", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
