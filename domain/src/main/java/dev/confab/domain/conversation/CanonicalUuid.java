package dev.confab.domain.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** The UUID of version 5 (RFC 9562) of a name in a namespace: the same arguments always give the same UUID. */
    static UUID named(UUID namespace, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits()).flip());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000,
                    hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
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
