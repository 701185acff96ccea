package dev.confab.adapter.persistence.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.store.Directory;

/**
 * The seam under the store: the few things it asks of a file system. What was written but not forced may be lost, torn or
 * reordered by a crash; so may the entries of a directory that was not forced.
 */
interface Disk {
    void createDirectories(Path directory) throws IOException;

    /** The names in a directory, sorted. */
    List<String> list(Path directory) throws IOException;

    boolean exists(Path file);

    long size(Path file) throws IOException;

    /** At most {@code length} bytes from {@code offset}; fewer only at the end of the file. */
    byte[] read(Path file, long offset, int length) throws IOException;

    /** Opens for writing, and makes the file when missing. */
    WritableFile open(Path file) throws IOException;

    /** Replaces the target. */
    void rename(Path from, Path to) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws ForceFailed;

    void delete(Path file) throws IOException;

    /** How many forces at once this disk makes in about the time of one. */
    int concurrentForces();

    /** How many bytes longer a file is made than it need be, when it is written at its end line by line. */
    int roomAhead();

    /** Held exclusively until closed or the process ends; {@link FileStoreCannotOpen} when another process holds it. */
    Closeable lock(Path directory, Path file);

    /** Where Lucene keeps its files. They are derived, so Lucene's own care for them is enough. */
    Directory searchDirectory(Path directory) throws IOException;

    /** A file open for writing. */
    interface WritableFile extends Closeable {
        long size() throws IOException;

        /** Writes all of it from there on, over what stands there and beyond the end. */
        void write(ByteBuffer bytes, long offset) throws IOException;

        void truncate(long size) throws IOException;

        void force() throws ForceFailed;
    }

    /** What is on the disk is unknown from here on: no later force can tell, for the page cache forgets the failure. */
    final class ForceFailed extends IOException {
        private static final long serialVersionUID = 1L;

        ForceFailed(Path file, IOException cause) {
            super("could not force " + file.getFileName() + " to disk: " + cause.getMessage(), cause);
        }
    }
}
