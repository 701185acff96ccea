package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.InvalidValue;
import java.util.UUID;

/** Identifies a turn. A UUID; of version 7 when Confab created it. */
public record TurnId(UUID value) implements Comparable<TurnId> {

    /** Parses the canonical form of 36 characters; throws {@link InvalidValue} for anything else. */
    public static TurnId parse(String text) {
        return new TurnId(CanonicalUuid.parse("turnId", text));
    }

    /** Orders by the canonical text, which is the unsigned order of the 128 bits. */
    @Override
    public int compareTo(TurnId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
