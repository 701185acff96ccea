package dev.confab.adapter.persistence.file.backup;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Copies files piece by piece, forces each, and counts them. */
final class FileCopy {
    private static final int PIECE = 1 << 20;

    private final Disk disk;
    private long files;
    private long bytes;

    FileCopy(Disk disk) {
        this.disk = disk;
    }

    void copy(Path from, Path to) throws IOException {
        copy(from, to, Long.MAX_VALUE);
    }

    /** Copies the first {@code length} bytes, or all there are if it is {@link Long#MAX_VALUE}. */
    void copy(Path from, Path to, long length) throws IOException {
        long copied = 0;
        try (Disk.WritableFile out = disk.open(to)) {
            out.truncate(0);
            int read;
            do {
                byte[] piece = disk.read(from, copied, (int) Math.min(PIECE, length - copied));
                out.write(ByteBuffer.wrap(piece), copied);
                read = piece.length;
                copied += read;
            } while (read > 0 && copied < length);
            out.force();
        }
        if (length != Long.MAX_VALUE && copied < length) {
            throw new FileDamaged(from.getFileName() + " is shorter than its head says");
        }
        files++;
        bytes += copied;
    }

    void write(Path to, byte[] content) throws IOException {
        disk.replace(to, content);
        files++;
        bytes += content.length;
    }

    BackupReport report() {
        return new BackupReport(files, bytes);
    }
}
