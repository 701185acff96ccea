package dev.confab.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The packaged jar as a process, always on the same port. */
final class Confab implements AutoCloseable {
    private static final Path JAR = Path.of("..", "bootstrap", "target", "confab.jar");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int START_SECONDS = 300;
    /** The words of a command line before those of the jar. */
    private static final int JAVA_AND_JAR = 3;
    private final List<String> settings;
    private final Path log;
    private final int port = freePort();
    private @Nullable Process process;

    /** @param log receives what the processes print */
    Confab(Path log, List<String> settings) {
        this.log = log;
        this.settings = List.copyOf(settings);
    }

    String url() {
        return "http://localhost:" + port;
    }

    void start() {
        var command = command();
        command.add("--server.port=" + port);
        process = run(command, ProcessBuilder.Redirect.appendTo(log.toFile()));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Confab did not start: " + read(log));
            }
            await();
        }
    }

    /** As a crash ends it. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            waitFor(process);
        }
    }

    /** Runs one of the jar's commands to its end, and returns what it printed. */
    String command(String... arguments) {
        var command = command();
        command.addAll(JAVA_AND_JAR, List.of(arguments));
        try {
            Path out = Files.createTempFile(log.getParent(), "command", ".txt");
            Process once = run(command, ProcessBuilder.Redirect.to(out.toFile()));
            waitFor(once);
            if (once.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(out));
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request of a program; {@code token} is empty without log-in. */
    HttpResponse<String> call(String method, String path, String body, String token) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new conversation without log-in; returns its id. */
    String conversation(String title) {
        return call("POST", "/api/v1/conversations", "{\"title\":\"" + title + "\"}", "").body()
                .replaceFirst("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    /** When the deltas of a turn brought each number that the pattern's group finds, in milliseconds since 1970. Reads the turn's events to their end. */
    Map<Integer, Double> deltas(String turn, Pattern number) {
        var told = new HashMap<Integer, Double>();
        try (Stream<String> lines = HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + "/api/v1/turns/" + turn + "/events")).build(),
                HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.matches("data: ?\\{\"text\".*")).forEach(line -> {
                Instant now = Instant.now();
                number.matcher(line).results().forEach(found -> told.putIfAbsent(Integer.valueOf(found.group(1)),
                        now.getEpochSecond() * 1e3 + now.getNano() / 1e6));
            });
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isReady() {
        try {
            return call("GET", "/actuator/health/readiness", "", "").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-jar",
                JAR.toString()));
        command.addAll(settings);
        return command;
    }

    private static Process run(List<String> command, ProcessBuilder.Redirect output) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitFor(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
