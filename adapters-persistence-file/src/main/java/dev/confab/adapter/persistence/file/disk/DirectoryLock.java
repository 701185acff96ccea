package dev.confab.adapter.persistence.file.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a data directory to one process. The operating system holds the lock, so it ends with the process however that ends. */
record DirectoryLock(FileChannel channel) implements Closeable {

    /** @param channel of {@code file}, open for writing; closed when the lock cannot be taken */
    static DirectoryLock take(Path directory, Path file, FileChannel channel) throws IOException {
        try {
            if (!isTaken(channel)) {
                String holder = Files.readString(file).strip();
                throw new DirectoryRefused("The data directory " + directory + " is in use by "
                        + (holder.isEmpty() ? "another process" : holder)
                        + ". Stop that one, or choose another directory.");
            }
            channel.truncate(0);
            String holder = "process " + ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
