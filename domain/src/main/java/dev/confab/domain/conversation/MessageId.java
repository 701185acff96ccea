package dev.confab.domain.conversation;

import java.util.UUID;

/** Identifies a message within its conversation; a fork's messages keep their ids. A UUID; of version 7 when Confab created it. */
public record MessageId(UUID value) implements Comparable<MessageId> {

    /** Parses the canonical form of 36 characters; throws {@link InvalidValue} for anything else. */
    public static MessageId parse(String text) {
        return new MessageId(CanonicalUuid.parse("messageId", text));
    }

    /** Orders by the canonical text, which is the unsigned order of the 128 bits. */
    @Override
    public int compareTo(MessageId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
