package dev.confab.domain.conversation;

import java.util.UUID;

/** An id that is a UUID, in its canonical text of 36 characters. */
public interface CanonicalUuid<T extends CanonicalUuid<T>> extends Comparable<T> {
    UUID value();

    /** Orders by the canonical text, which is the unsigned order of the 128 bits; {@link UUID} compares signed. */
    @Override
    default int compareTo(T other) {
        int high = Long.compareUnsigned(value().getMostSignificantBits(), other.value().getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value().getLeastSignificantBits(), other.value().getLeastSignificantBits());
    }

    /** Throws {@link InvalidValue} for anything but 36 characters; {@link UUID#fromString} accepts "1-1-1-1-1". */
    static UUID parse(String field, String text) {
        if (text.length() == 36) {
            try {
                UUID uuid = UUID.fromString(text);
                if (uuid.toString().equalsIgnoreCase(text)) {
                    return uuid;
                }
            } catch (IllegalArgumentException notHexadecimal) {
                // falls through to the one error for all malformed ids
            }
        }
        throw new InvalidValue(field, "is not a UUID of 36 characters");
    }
}
