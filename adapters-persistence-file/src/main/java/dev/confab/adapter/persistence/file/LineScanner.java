package dev.confab.adapter.persistence.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Goes through a file of lines, a piece at a time. */
final class LineScanner {
    private static final int PIECE = 256 * 1024;

    private LineScanner() {
    }

    /** Is given each line: {@code length} bytes from {@code from}, without the newline; it returns whether to go on. */
    interface Action {
        boolean line(byte[] bytes, int from, int length, long offset) throws IOException;
    }

    /**
     * Scans the first {@code limit} bytes.
     *
     * @return the offset behind the last line that ended in a newline and was taken
     */
    static long scan(Disk disk, Path file, long limit, Action action) throws IOException {
        byte[] rest = {};
        long restAt = 0;
        while (true) {
            long readAt = restAt + rest.length;
            if (readAt >= limit) {
                return restAt;
            }
            byte[] piece = disk.read(file, readAt, (int) Math.min(limit - readAt, Math.max(PIECE, rest.length)));
            if (piece.length == 0) {
                return restAt;
            }
            byte[] bytes = rest.length == 0 ? piece : Arrays.copyOf(rest, rest.length + piece.length);
            if (rest.length > 0) {
                System.arraycopy(piece, 0, bytes, rest.length, piece.length);
            }
            int from = 0;
            for (int i = rest.length; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    if (!action.line(bytes, from, i - from, restAt + from)) {
                        return restAt + from;
                    }
                    from = i + 1;
                }
            }
            rest = Arrays.copyOfRange(bytes, from, bytes.length);
            restAt += from;
        }
    }
}
