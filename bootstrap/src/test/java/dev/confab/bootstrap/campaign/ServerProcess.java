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
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(3);

    private static final Path LOGS = Path.of("target", "campaign");

    private final Process process;
    private final int port;
    private final Path log;
    private final Api api;
    private volatile boolean killed;

    private ServerProcess(Process process, int port, Path log, Api api) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.api = api;
    }

    /** On files; returns when it serves. */
    public static ServerProcess serving(Path data, String... settings) {
        ServerProcess server = launch(data, settings);
        server.awaitServing();
        return server;
    }

    /** On files; returns at once. */
    public static ServerProcess launch(Path data, String... settings) {
        var all = new ArrayList<>(List.of("--confab.file.directory=" + data));
        all.addAll(List.of(settings));
        return launch(all);
    }

    /** Returns at once. Its output goes to a file in the build's directory: the data's disk may be full. */
    public static ServerProcess launch(List<String> settings) {
        return launch("-Xmx512m", settings);
    }

    /** @param heap the option of the JVM that limits it */
    static ServerProcess launch(String heap, List<String> settings) {
        int port = freePort();
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "dev.confab.bootstrap.ConfabApplication",
                "--server.port=" + port));
        command.addAll(settings);
        try {
            Files.createDirectories(LOGS);
            Path log = Files.createTempFile(LOGS, "server-" + port + "-", ".log");
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            return new ServerProcess(process, port, log, new Api("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Api api() {
        return api;
    }

    public int port() {
        return port;
    }

    public void awaitServing() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!api.isServing()) {
            if (System.nanoTime() > deadline || endsWithin(Duration.ofMillis(50))) {
                kill();
                throw new AssertionError("the server does not serve; the end of its log:\n" + lastLines());
            }
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    public void kill() {
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

    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String lastLines() {
        List<String> lines = logLines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** All that it has printed. */
    public List<String> logLines() {
        try {
            return Files.readAllLines(log);
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
