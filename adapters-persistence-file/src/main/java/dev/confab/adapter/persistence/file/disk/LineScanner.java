package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line, a block at a time. */
public final class LineScanner {
    private static final int BLOCK = 256 * 1024;

    private LineScanner() {
    }

    /** Receives the lines. */
    public interface Action {
        /**
         * A line without its newline: {@code length} bytes from {@code from}, which begin at {@code offset} of the file. Returns whether
         * to go on.
         */
        boolean line(byte[] bytes, int from, int length, long offset) throws IOException;
    }

    /**
     * Scans the first {@code limit} bytes of a file, without a last line that has no newline. Returns the offset behind the last line
     * for which the action returned true.
     */
    public static long scan(Disk disk, Path file, long limit, Action action) throws IOException {
        byte[] rest = {};
        long restAt = 0;
        for (long readAt = 0; readAt < limit; readAt = restAt + rest.length) {
            byte[] block = disk.read(file, readAt, (int) Math.min(limit - readAt, Math.max(BLOCK, rest.length)));
            if (block.length == 0) {
                return restAt;
            }
            byte[] bytes = Arrays.copyOf(rest, rest.length + block.length);
            System.arraycopy(block, 0, bytes, rest.length, block.length);
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
        return restAt;
    }
}
