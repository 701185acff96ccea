package dev.confab.adapter.persistence.file.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/** The form of every line the store writes: {@code ["<CRC-32C of the JSON, 8 hex digits>",<JSON>]}. The line is JSON itself. */
public final class ChecksummedLine {
    /** Where the JSON begins in a line: behind {@code ["01234567",}. */
    public static final int PREFIX = 12;

    private ChecksummedLine() {
    }

    /** The line for this JSON, with its newline. */
    public static byte[] of(byte[] json) {
        byte[] line = new byte[PREFIX + json.length + 2];
        System.arraycopy(json, 0, line, PREFIX, json.length);
        byte[] start = ("[\"" + HexFormat.of().toHexDigits(checksum(json, 0, json.length)) + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, line, 0, PREFIX);
        line[line.length - 2] = ']';
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * Checks the line of {@code length} bytes from {@code from}, without its newline.
     *
     * @return the length of the JSON, which begins at {@code from + PREFIX}; empty when the line is damaged
     */
    public static OptionalInt check(byte[] bytes, int from, int length) {
        int json = length - PREFIX - 1;
        if (json < 2 || bytes[from] != '[' || bytes[from + 1] != '"' || bytes[from + 10] != '"'
                || bytes[from + 11] != ','
                || bytes[from + length - 1] != ']') {
            return OptionalInt.empty();
        }
        int checksum = checksum(bytes, from + PREFIX, json);
        for (int i = 0; i < 8; i++) {
            // Digit by digit, because an upper-case digit is a flipped bit and not the same checksum.
            int digit = checksum >>> (28 - 4 * i) & 0xF;
            if (bytes[from + 2 + i] != Character.forDigit(digit, 16)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(json);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
