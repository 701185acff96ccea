package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import java.util.UUID;

/** Identifies a turn. A UUID; of version 7 or, from an idempotency key, 5 when Confab created it. */
public record TurnId(UUID value) implements CanonicalUuid<TurnId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static TurnId parse(String text) {
        return new TurnId(CanonicalUuid.parse("turnId", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
