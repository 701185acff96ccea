package dev.confab.domain.conversation;

import java.util.UUID;

/** The id of a conversation, unique over all owners: a UUID, of version 7 if Confab generated it. */
public record ConversationId(UUID value) implements Comparable<ConversationId> {

    /** Parses the canonical form of 36 characters; throws {@link InvalidValue} for anything else. */
    public static ConversationId parse(String text) {
        return new ConversationId(CanonicalUuid.parse("conversationId", text));
    }

    /** Compares the canonical texts, which is the unsigned order of the 128 bits. */
    @Override
    public int compareTo(ConversationId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
