package dev.confab.bootstrap.remote;

import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running server, through its admin API. */
public final class RunningServer implements AutoCloseable {
    /** The variable of the environment with the token. */
    public static final String TOKEN = "CONFAB_TOKEN";
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI base;
    private final Optional<String> token;

    private RunningServer(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    /**
     * The token is in a file or in the environment: other users can see the arguments of a process.
     *
     * @param tokenFile empty for the environment
     */
    public static RunningServer at(URI base, Optional<Path> tokenFile) {
        return new RunningServer(base,
                tokenFile.map(RunningServer::read).or(() -> Optional.ofNullable(System.getenv(TOKEN))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CannotStart("The token cannot be read from " + file + ": " + e + ".", "", ExitStatus.CONFIG, e);
        }
    }

    /** The archive that the server sends; the caller closes it. */
    public InputStream export(Optional<String> owner, Optional<String> after) {
        String query = Stream.of(parameter("owner", owner), parameter("after", after)).flatMap(Optional::stream)
                .collect(Collectors.joining("&", "?", ""));
        return send(request("/api/v1/admin/export" + (query.length() > 1 ? query : "")).GET().build());
    }

    /** The report of an import. */
    public byte[] importAll(InputStream archive) throws IOException {
        HttpRequest request = request("/api/v1/admin/import").header("Content-Type", "application/gzip")
                .POST(BodyPublishers.ofInputStream(() -> archive)).build();
        return all(send(request));
    }

    /** The report of a backup. */
    public byte[] backup() throws IOException {
        return all(send(request("/api/v1/admin/backup").POST(BodyPublishers.noBody()).build()));
    }

    private static byte[] all(InputStream body) throws IOException {
        try (body) {
            return body.readAllBytes();
        }
    }

    private static Optional<String> parameter(String name, Optional<String> value) {
        return value.map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        URI target = URI.create(base.toString().replaceFirst("/+$", "") + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private InputStream send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == 200 || response.statusCode() == 201) {
                return response.body();
            }
            try (InputStream problem = response.body()) {
                throw refused(response.statusCode(),
                        new String(problem.readNBytes(4096), StandardCharsets.UTF_8).strip());
            }
        } catch (IOException e) {
            throw new CannotStart("The server " + base + " does not answer: " + e + ".", "", ExitStatus.UNAVAILABLE,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted.", "", ExitStatus.TEMPORARY, e);
        }
    }

    private CannotStart refused(int status, String problem) {
        String action = switch (status) {
            case 401, 403 -> "Set " + TOKEN + " in the environment, or --token-file, to a token with the"
                    + " scope admin.";
            default -> "";
        };
        ExitStatus exit = switch (status) {
            case 503 -> ExitStatus.TEMPORARY;
            case 401, 403 -> ExitStatus.CONFIG;
            default -> status < 500 ? ExitStatus.DATA : ExitStatus.UNAVAILABLE;
        };
        return new CannotStart("The server " + base + " answered " + status + ": " + problem, action, exit,
                new IOException("status " + status));
    }

    @Override
    public void close() {
        http.close();
    }
}
