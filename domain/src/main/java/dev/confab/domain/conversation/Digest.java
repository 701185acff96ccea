package dev.confab.domain.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Identifies a request by its content: SHA-256 over its fields, each after its length, in 64 hexadecimal digits. */
public record Digest(String hex) {
    public Digest {
        if (hex.length() != 64 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidValue("digest", "is not 64 hexadecimal digits");
        }
    }

    public static Builder of(String kind) {
        return new Builder().field(kind);
    }

    /** @param bytes 32 bytes, as {@link #bytes} returns them */
    public static Digest ofBytes(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }

    /** Collects the fields of a request, in a fixed order. */
    public static final class Builder {
        private final MessageDigest sha256;

        private Builder() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }

        public Builder field(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            length(bytes.length);
            sha256.update(bytes);
            return this;
        }

        /** An absent value differs from every present one, including the empty string. */
        public Builder field(Optional<?> value) {
            length(value.isPresent() ? 1 : 0);
            value.ifPresent(present -> field(present.toString()));
            return this;
        }

        public Builder field(Metadata metadata) {
            length(metadata.pairs().size());
            metadata.pairs().forEach((key, value) -> field(key).field(value));
            return this;
        }

        public Digest build() {
            return ofBytes(sha256.digest());
        }

        private void length(int length) {
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
        }
    }
}
