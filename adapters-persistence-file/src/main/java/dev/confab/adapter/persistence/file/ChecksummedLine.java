package dev.confab.adapter.persistence.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/** The form of every line the store writes: {@code ["<crc32c of the JSON, 8 hex digits>",<JSON>]}. It is JSON itself. */
final class ChecksummedLine {
    /** Where the JSON begins: behind {@code ["01234567",}. */
    static final int PREFIX = 12;

    private ChecksummedLine() {
    }

    /** The line, newline included. */
    static byte[] of(byte[] json) {
        byte[] line = new byte[PREFIX + json.length + 2];
        System.arraycopy(json, 0, line, PREFIX, json.length);
        byte[] head = ("[\"" + HexFormat.of().toHexDigits(crc(json, 0, json.length)) + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, line, 0, PREFIX);
        line[line.length - 2] = ']';
        line[line.length - 1] = '\n';
        return line;
    }

    /** The length of the JSON that begins at {@code from + PREFIX}; empty when the line is not whole. Without the newline. */
    static OptionalInt check(byte[] bytes, int from, int length) {
        int json = length - PREFIX - 1;
        if (json < 2 || bytes[from] != '[' || bytes[from + 1] != '"' || bytes[from + 10] != '"'
                || bytes[from + 11] != ','
                || bytes[from + length - 1] != ']') {
            return OptionalInt.empty();
        }
        int crc = crc(bytes, from + PREFIX, json);
        for (int i = 0; i < 8; i++) {
            // Compared digit by digit: an upper-case digit is a flipped bit, not the same checksum.
            int digit = crc >>> (28 - 4 * i) & 0xF;
            if (bytes[from + 2 + i] != Character.forDigit(digit, 16)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(json);
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
