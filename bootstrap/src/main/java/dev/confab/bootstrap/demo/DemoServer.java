package dev.confab.bootstrap.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's own programs as processes of this machine, on a directory that one Confab at a time may use. Only this class needs the library for it. */
final class DemoServer implements AutoCloseable {
    static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final FileChannel lock;

    private DemoServer(EmbeddedPostgres postgres, FileChannel lock) {
        this.postgres = postgres;
        this.lock = lock;
    }

    /**
     * Starts it on what an earlier run left in the directory, or on an empty database.
     *
     * @throws DemoCannotStart if another Confab uses the directory, or PostgreSQL does not start there
     */
    static DemoServer start(Path directory) {
        try {
            Path data = Files.createDirectories(directory.toAbsolutePath().normalize()).resolve("data");
            FileChannel lock = lock(directory);
            try {
                stopLeftBehind(data);
                DemoServer server = new DemoServer(startOn(data), lock);
                LOG.info("The demo's PostgreSQL is at {}, user {}, no password; its data stays in {}",
                        server.url(), USER, data);
                return server;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | IllegalStateException e) {
            throw new DemoCannotStart("The demo's PostgreSQL does not start in " + directory + ": " + e.getMessage(),
                    "Choose another directory by --confab.demo.directory=<directory>, or delete this one to begin anew.",
                    e);
        }
    }

    private static EmbeddedPostgres startOn(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // At the JVM's end the store must close first: the application context stops this server.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(TIME_LIMIT)
                // The library turns both off, and the store rightly refuses such a server.
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
            // This very process has it.
        }
        channel.close();
        throw new DemoCannotStart("Another Confab runs its demo in " + directory + ".",
                "Stop it, or choose another directory by --confab.demo.directory=<directory>.");
    }

    /** A Confab that was killed leaves its server running. We hold the lock, so nobody uses that server. */
    static void stopLeftBehind(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        // Another server may have got the number since: only one that runs on this very directory is ours to stop.
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
            throw new IOException("the PostgreSQL of an earlier run, process " + process.pid() + ", does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** Stops the server and lets go of the directory. */
    @Override
    public void close() {
        try (lock) {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
