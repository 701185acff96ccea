package dev.confab.bootstrap.archive;

import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Archives in memory, whole and cut. */
final class Bytes {
    private Bytes() {
    }

    static ByteSource of(byte[] archive) {
        return new ByteArrayInputStream(archive)::read;
    }

    static ByteSource cut(byte[] archive, int length) {
        return of(Arrays.copyOf(archive, Math.min(length, archive.length)));
    }

    /** Takes as many bytes, and then fails like a full disk. */
    static ByteSink full(ByteArrayOutputStream out, int most) {
        return (bytes, offset, length) -> {
            int room = Math.max(0, Math.min(length, most - out.size()));
            out.write(bytes, offset, room);
            if (room < length) {
                throw new UncheckedIOException(new IOException("no space left"));
            }
        };
    }
}
