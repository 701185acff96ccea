package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A temporary directory on the disk to be measured; closing deletes it. */
public record Scratch(Path directory) implements AutoCloseable {

    /** Where the benchmarks write: {@code -Dconfab.benchmarks.directory}, because the system's temporary directory may be in memory. */
    public static Path base() {
        return Path.of(System.getProperty("confab.benchmarks.directory", System.getProperty("java.io.tmpdir")));
    }

    /** A new directory in {@link #base}. */
    public static Scratch make() {
        try {
            return new Scratch(Files.createTempDirectory(Files.createDirectories(base()), "confab-benchmark"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path resolve(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
