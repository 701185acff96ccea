package dev.confab.adapter.persistence.file.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.Directory;

/**
 * The few file operations the store needs. Tests replace it to make the disk fail or crash.
 *
 * <p>A crash may lose, tear or reorder what was written but not forced, and the names in a directory that was not forced. A rename
 * takes place as a whole or not at all.
 */
public interface Disk {
    void createDirectories(Path directory) throws IOException;

    /** The names in a directory, sorted. */
    List<String> list(Path directory) throws IOException;

    boolean exists(Path file);

    long size(Path file) throws IOException;

    /** Up to {@code length} bytes from {@code offset}; fewer only at the end of the file. */
    byte[] read(Path file, long offset, int length) throws IOException;

    /** Opens a file for writing and creates it when it is missing. */
    WritableFile open(Path file) throws IOException;

    /** Renames a file and replaces the target. */
    void rename(Path from, Path to) throws IOException;

    /** The identity of the file under this path, which a rename does not change; empty when there is no file. */
    Optional<Object> identity(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws ForceFailed;

    /** Deletes a file; does nothing when it is missing. */
    void delete(Path file) throws IOException;

    /** How many forces this disk completes together in about the time of one. */
    int concurrentForces();

    /** How many bytes of room to write behind the last line of the journal. */
    int roomAhead();

    /**
     * Locks the data directory for this process, until the lock is closed or the process ends, however it ends.
     *
     * @throws DirectoryInUse when another process holds the lock
     */
    Closeable lock(Path directory, Path file) throws IOException;

    /** The directory of Lucene's files. They are derived data, so Lucene may write them in its own way. */
    Directory searchDirectory(Path directory) throws IOException;

    /** Replaces a file: forces a new one beside it, and renames that. It is durable once the caller has forced the directory. */
    default void replace(Path file, byte[] content) throws IOException {
        Path unfinished = Layout.unfinished(file);
        try (WritableFile out = open(unfinished)) {
            // A failed attempt may have left a longer one.
            out.truncate(0);
            out.write(ByteBuffer.wrap(content), 0);
            out.force();
        }
        rename(unfinished, file);
    }

    interface WritableFile extends Closeable {
        /** Writes all the bytes at {@code offset}; the file grows when they reach beyond its end. */
        void write(ByteBuffer bytes, long offset) throws IOException;

        /** Cuts the file to {@code size} bytes; does nothing when it is shorter. */
        void truncate(long size) throws IOException;

        /** Makes the content durable. */
        void force() throws ForceFailed;
    }

    /** A force failed. From then on the content of the disk is unknown, even when a later force succeeds. */
    final class ForceFailed extends IOException {
        private static final long serialVersionUID = 1L;

        public ForceFailed(Path file, IOException cause) {
            super("could not force " + file.getFileName() + " to disk: " + IoReason.of(cause), cause);
        }
    }
}
