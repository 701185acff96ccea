package dev.confab.domain.access;

import dev.confab.domain.conversation.CanonicalUuid;
import java.util.UUID;

/** Identifies an API key. Not secret: lists and logs show it. A UUID of version 7. */
public record ApiKeyId(UUID value) implements CanonicalUuid<ApiKeyId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static ApiKeyId parse(String text) {
        return new ApiKeyId(CanonicalUuid.parse("id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
