package dev.confab.domain.conversation;

import java.util.UUID;

/** Parsing and order of UUIDs: only the canonical form, and unsigned. {@link UUID} accepts "1-1-1-1-1" and compares signed. */
public final class CanonicalUuid {
    private CanonicalUuid() {
    }

    public static UUID parse(String field, String text) {
        if (text.length() == 36) {
            try {
                UUID uuid = UUID.fromString(text);
                if (uuid.toString().equalsIgnoreCase(text)) {
                    return uuid;
                }
            } catch (IllegalArgumentException notHexadecimal) {
                // all malformed ids lead to the same error below
            }
        }
        throw new InvalidValue(field, "is not a UUID of 36 characters");
    }

    public static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
