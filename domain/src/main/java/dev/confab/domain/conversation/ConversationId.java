package dev.confab.domain.conversation;

import java.util.UUID;

/** Identifies a conversation, uniquely over all owners. A UUID: Confab creates version 7, or version 5 from an idempotency key. */
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
