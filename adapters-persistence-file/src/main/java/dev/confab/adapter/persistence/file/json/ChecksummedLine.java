package dev.confab.adapter.persistence.file.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        byte[] line = Arrays.copyOf(prefix(json, 0, json.length), PREFIX + json.length + 2);
        System.arraycopy(json, 0, line, PREFIX, json.length);
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
        int start = from + PREFIX;
        int json = length - PREFIX - 1;
        // The checksum last: the search for a line behind a torn write checks many starts.
        return json >= 2 && bytes[start - 2] == '"' && bytes[start - 1] == ',' && bytes[start + json] == ']'
                && Arrays.equals(bytes, from, start, prefix(bytes, start, json), 0, PREFIX)
                        ? OptionalInt.of(json)
                        : OptionalInt.empty();
    }

    private static byte[] prefix(byte[] bytes, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return ("[\"" + HexFormat.of().toHexDigits((int) checksum.getValue()) + "\",")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
