package dev.confab.adapter.persistence.file;

/**
 * Tells what a crash leaves of the journal's last line from what only damage does.
 *
 * <p>That line was being written over room of newlines, or behind the file's end together with new room. A crash keeps some of its
 * sectors, and of the others what was there before: newlines, zeros, or no file at all. A process that is killed may leave the
 * first part of it. So no newline stands inside the line but where a whole sector is missing, and nothing but room follows its end.
 */
final class TornWrite {
    private static final int SECTOR = 512;

    private TornWrite() {
    }

    /**
     * Whether a torn write looks like this.
     *
     * @param rest what stands behind the last good line, room at the end not included
     * @param offset where in the file it begins
     */
    static boolean explains(byte[] rest, long offset) {
        boolean ended = false;
        int from = 0;
        while (from < rest.length) {
            int to = (int) Math.min(rest.length, from + SECTOR - (offset + from) % SECTOR);
            if (!isOnly((byte) '\n', rest, from, to) && !isOnly((byte) 0, rest, from, to)) {
                int newline = indexOfNewline(rest, from, to);
                if (ended || !isOnly((byte) '\n', rest, newline, to)) {
                    return false;
                }
                ended = newline < to;
            }
            from = to;
        }
        return !endsInALine(rest);
    }

    /** Whether a good line ends it, behind a newline that is damaged: no torn write looks so. */
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

    /** Or {@code to}, when there is none. */
    private static int indexOfNewline(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
