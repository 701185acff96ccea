package dev.confab.domain.conversation;

import java.util.UUID;

/** The id of a message, unique within its conversation (a fork keeps the ids): a UUID, of version 7 if Confab generated it. */
public record MessageId(UUID value) implements Comparable<MessageId> {

    /** Parses the canonical form of 36 characters; throws {@link InvalidValue} for anything else. */
    public static MessageId parse(String text) {
        return new MessageId(CanonicalUuid.parse("messageId", text));
    }

    /** Compares the canonical texts, which is the unsigned order of the 128 bits. */
    @Override
    public int compareTo(MessageId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
