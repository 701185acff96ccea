package dev.confab.domain.conversation;

import java.util.UUID;

/** Identifies a conversation in every store and for every owner. A UUID; of version 7 or, from an idempotency key, 5 when Confab created it. */
public record ConversationId(UUID value) implements CanonicalUuid<ConversationId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static ConversationId parse(String text) {
        return new ConversationId(CanonicalUuid.parse("conversationId", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
