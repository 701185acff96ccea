package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import java.util.UUID;

/** Identifies a session. A UUID; of version 7 or, from an idempotency key, 5 when Confab created it. */
public record SessionId(UUID value) implements CanonicalUuid<SessionId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static SessionId parse(String text) {
        return new SessionId(CanonicalUuid.parse("sessionId", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
