package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one run, on the disk to be measured, gone after it. */
public record Scratch(Path directory) implements AutoCloseable {

    /** Where the benchmarks write; the system's temporary directory may be memory, so it can be named. */
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

    /** A path in it. */
    public Path resolve(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
