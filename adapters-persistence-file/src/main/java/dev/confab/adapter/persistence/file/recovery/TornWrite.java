package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.json.ChecksummedLine;

/**
 * Distinguishes a torn write of the journal's last line from damage.
 *
 * <p>That line was written over room of newlines, or behind the end of the file together with new room. A crash keeps some of its sectors;
 * in place of the others are the bytes from before: newlines, zeros, or nothing behind the end of the file. A process that is killed may
 * leave the first part of the line. So no newline is inside the line, except in a missing sector, and only room follows its end.
 */
final class TornWrite {
    private static final int SECTOR = 512;

    private TornWrite() {
    }

    /**
     * Whether a torn write may have left these bytes.
     *
     * @param rest the bytes after the last valid line, without the room at the end
     * @param offset of {@code rest} in the file
     */
    static boolean explains(byte[] rest, long offset) {
        boolean ended = false;
        int from = 0;
        while (from < rest.length) {
            int to = (int) Math.min(rest.length, from + SECTOR - (offset + from) % SECTOR);
            if (!isOnly((byte) '\n', rest, from, to) && !isOnly((byte) 0, rest, from, to)) {
                int newline = from;
                while (newline < to && rest[newline] != '\n') {
                    newline++;
                }
                if (ended || !isOnly((byte) '\n', rest, newline, to)) {
                    return false;
                }
                ended = newline < to;
            }
            from = to;
        }
        return !endsInALine(rest);
    }

    /** Whether the bytes end in a valid line, behind a damaged newline: a torn write leaves no such line. */
    private static boolean endsInALine(byte[] rest) {
        for (int from = 1; from < rest.length; from++) {
            if (rest[from] == '[' && ChecksummedLine.check(rest, from, rest.length - from).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnly(byte value, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != value) {
                return false;
            }
        }
        return true;
    }
}
