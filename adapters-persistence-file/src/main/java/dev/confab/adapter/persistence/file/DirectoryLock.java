package dev.confab.adapter.persistence.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One process a directory. The lock is the operating system's, so it ends with the process however that ends. */
final class DirectoryLock implements Closeable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory, Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new FileStoreCannotOpen("The data directory " + directory + " is in use by "
                        + (holder.isEmpty() ? "another process" : holder)
                        + ". Stop that one, or choose another directory.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer
                    .wrap(("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new FileStoreCannotOpen("The data directory " + directory + " cannot be locked: " + e,
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
