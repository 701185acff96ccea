package dev.confab.adapter.persistence.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The file system of the machine. Directories are 0700 and files 0600 where it knows such rights. */
final class RealDisk implements Disk {
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?>[] DIRECTORY = {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))};
    private static final FileAttribute<?>[] FILE = {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))};

    @Override
    public void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, POSIX ? DIRECTORY : NONE);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public byte[] read(Path file, long offset, int length) throws IOException {
        // A stream and not a channel: an interrupt of the reading thread must not turn into a failure.
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            return in.readNBytes(length);
        } catch (EOFException shorterThanOffset) {
            return new byte[0];
        }
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options, POSIX ? FILE : NONE);
        return new RealFile(file, channel);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void forceDirectory(Path directory) throws ForceFailed {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new ForceFailed(directory, e);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** A file system commits the forces that wait together: eight were measured at a tenth of their time one by one. */
    @Override
    public int concurrentForces() {
        return 8;
    }

    /** A force that leaves the file's length as it was took 0.75 of the time; a longer room made no difference. */
    @Override
    public int roomAhead() {
        return 256 << 10;
    }

    @Override
    public Closeable lock(Path directory, Path file) {
        return DirectoryLock.take(directory.toAbsolutePath(), file);
    }

    @Override
    public Directory searchDirectory(Path directory) throws IOException {
        createDirectories(directory);
        return FSDirectory.open(directory);
    }

    /** {@code file} is for messages only. */
    private record RealFile(Path file, FileChannel channel) implements WritableFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws ForceFailed {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw new ForceFailed(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
