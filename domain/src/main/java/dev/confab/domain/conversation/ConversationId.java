package dev.confab.domain.conversation;

import java.util.UUID;

/** Names one conversation, in every store and for every owner. A UUID, of version 7 when made by Confab. */
public record ConversationId(UUID value) implements Comparable<ConversationId> {

    /** Parses the canonical form of 36 characters; throws {@link InvalidValue} for anything else. */
    public static ConversationId parse(String text) {
        return new ConversationId(CanonicalUuid.parse("conversationId", text));
    }

    /** Orders by the canonical text, which is the unsigned order of the 128 bits. */
    @Override
    public int compareTo(ConversationId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
