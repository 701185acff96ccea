package dev.confab.adapter.persistence.file.importjob;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.importjob.PiecedFile;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a job. While it is uploaded, it has a name of its own; closing it deletes what has that name. */
record Upload(Disk disk, Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    /** Writes all of it, and returns its length. Exceptions of the source are passed on. */
    long write(ByteSource content) {
        byte[] buffer = new byte[PiecedFile.PIECE];
        try (Disk.WritableFile out = disk.open(path)) {
            long size = 0;
            int filled;
            do {
                filled = fill(buffer, content);
                out.write(ByteBuffer.wrap(buffer, 0, filled), size);
                size += filled;
            } while (filled == buffer.length);
            return size;
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    private static int fill(byte[] buffer, ByteSource content) {
        int filled = 0;
        for (int read; filled < buffer.length
                && (read = content.read(buffer, filled, buffer.length - filled)) > 0;) {
            filled += read;
        }
        return filled;
    }

    /** What is written, for reading. */
    ChatFile file(String name, long size) {
        return new PiecedFile(name, size, this::piece);
    }

    private byte[] piece(int number) {
        try {
            byte[] piece = disk.read(path, (long) number * PiecedFile.PIECE, PiecedFile.PIECE);
            if (piece.length == 0) {
                throw new StorageUnavailable("the file of an import is shorter than it was");
            }
            return piece;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    void force() throws IOException {
        try (Disk.WritableFile out = disk.open(path)) {
            out.force();
        }
    }

    @Override
    public void close() {
        try {
            disk.delete(path);
        } catch (IOException e) {
            LOG.warn("File store: {} could not be deleted; the next start tries again: {}", path.getFileName(),
                    IoReason.of(e));
        }
    }

    private static StorageUnavailable unavailable(String what, IOException e) {
        return new StorageUnavailable("the file of an import cannot be " + what + ": " + IoReason.of(e), e);
    }
}
