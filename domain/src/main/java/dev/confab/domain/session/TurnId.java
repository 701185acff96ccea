package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.InvalidValue;
import java.util.UUID;

/** Names one turn. It is the turn's fence, too: nothing is written for a turn that is over. A UUID, of version 7 when made by Confab. */
public record TurnId(UUID value) implements Comparable<TurnId> {

    /** Reads the canonical form of 36 characters; {@link InvalidValue} for anything else. */
    public static TurnId parse(String text) {
        return new TurnId(CanonicalUuid.parse("turnId", text));
    }

    /** By the canonical text, which is unsigned order of the 128 bits. */
    @Override
    public int compareTo(TurnId other) {
        return CanonicalUuid.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
