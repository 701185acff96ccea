package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.InvalidValue;
import java.util.UUID;

/** Names one session. A UUID, of version 7 when made by Confab. */
public record SessionId(UUID value) implements Comparable<SessionId> {

    /** Reads the canonical form of 36 characters; {@link InvalidValue} for anything else. */
    public static SessionId parse(String text) {
        return new SessionId(CanonicalUuid.parse("sessionId", text));
    }

    /** By the canonical text, which is unsigned order of the 128 bits. */
    @Override
    public int compareTo(SessionId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
