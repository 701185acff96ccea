package dev.confab.bootstrap.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from the classes of this build, on a free port. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(3);

    private static final Path LOGS = Path.of("target", "campaign");

    private final Process process;
    private final Path log;
    private final Api api;
    private volatile boolean killed;

    private ServerProcess(Process process, Path log, Api api) {
        this.process = process;
        this.log = log;
        this.api = api;
    }

    /** On files; returns when it serves. */
    static ServerProcess serving(Path data, String... settings) {
        ServerProcess server = launch(data, settings);
        server.awaitServing();
        return server;
    }

    /** On files; returns at once. */
    static ServerProcess launch(Path data, String... settings) {
        var all = new ArrayList<>(List.of("--confab.file.directory=" + data));
        all.addAll(List.of(settings));
        return launch(all);
    }

    /** Returns at once. Its output goes to a file in the build's directory: the data's disk may be full. */
    static ServerProcess launch(List<String> settings) {
        int port = freePort();
        Path log = LOGS.resolve("server-" + port + ".log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "dev.confab.bootstrap.ConfabApplication",
                "--server.port=" + port));
        command.addAll(settings);
        try {
            Files.createDirectories(LOGS);
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            return new ServerProcess(process, log, new Api("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api api() {
        return api;
    }

    void awaitServing() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!api.isServing()) {
            if (System.nanoTime() > deadline || endsWithin(Duration.ofMillis(50))) {
                kill();
                throw new AssertionError("the server does not serve; the end of its log:\n" + lastLines());
            }
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        if (!endsWithin(STOP)) {
            throw new AssertionError("the server survived its killing");
        }
    }

    /** Stops the world for it, as a suspended machine would. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill " + signal + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether its clients must reckon with broken connections; true from before it is killed. */
    boolean isKilled() {
        return killed;
    }

    /** Asks it to end, and waits until it has. */
    void stop() {
        process.destroy();
        if (!endsWithin(STOP)) {
            kill();
            throw new AssertionError("the server did not stop; the end of its log:\n" + lastLines());
        }
    }

    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
