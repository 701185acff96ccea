package dev.confab.adapter.persistence.file.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.Directory;

/** Passes every call on to another disk. Tests override the calls that they watch or break. */
public class ForwardingDisk implements Disk {
    protected final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public byte[] read(Path file, long offset, int length) throws IOException {
        return disk.read(file, offset, length);
    }

    @Override
    public WritableFile open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public Optional<Object> identity(Path file) throws IOException {
        return disk.identity(file);
    }

    @Override
    public void forceDirectory(Path directory) throws ForceFailed {
        disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public int concurrentForces() {
        return disk.concurrentForces();
    }

    @Override
    public int roomAhead() {
        return disk.roomAhead();
    }

    @Override
    public Closeable lock(Path directory, Path file) throws IOException {
        return disk.lock(directory, file);
    }

    @Override
    public Directory searchDirectory(Path directory) throws IOException {
        return disk.searchDirectory(directory);
    }
}
