package dev.confab.bootstrap.remote;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A running server, through its HTTP API. */
public final class RunningServer implements AutoCloseable {
    /** The variable of the environment with the token. */
    public static final String TOKEN = "CONFAB_TOKEN";
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final int MAX_PROBLEM_BYTES = 4096;
    /** How often a request beyond the rate of its owner is made again, after the wait that the server asks for. */
    private static final int MAX_REPEATS = 20;
    private static final Pattern WAIT_SECONDS = Pattern.compile("[1-9]|[1-5][0-9]|60");

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
        if (base.getHost() == null || !String.valueOf(base.getScheme()).matches("https?")) {
            throw new CannotStart("\"" + base + "\" is no address of a server; it must begin with http:// or https://.",
                    "", ExitStatus.USAGE, new IllegalArgumentException("--server"));
        }
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
    public InputStream export(Optional<OwnerId> owner, Optional<ConversationId> after) {
        return send(request(Query.of(ApiPaths.EXPORT).with("owner", owner).with("after", after)).build(),
                Scope.ADMIN);
    }

    /** The report of an import. */
    public byte[] importAll(InputStream archive) throws IOException {
        HttpRequest request = request(Query.of(ApiPaths.IMPORT)).header("Content-Type", "application/gzip")
                .POST(BodyPublishers.ofInputStream(() -> archive)).build();
        return all(send(request, Scope.ADMIN));
    }

    /** The report of a backup. */
    public byte[] backup() throws IOException {
        return all(send(request(Query.of(ApiPaths.BACKUP)).POST(BodyPublishers.noBody()).build(), Scope.ADMIN));
    }

    /** The answer to a query of the token's owner, or of another one on whose behalf the token may read. */
    public byte[] read(Query query) {
        Scope[] needed = query.onBehalf().isPresent()
                ? new Scope[]{Scope.READ, Scope.ON_BEHALF}
                : new Scope[]{Scope.READ};
        try {
            return all(send(request(query).build(), needed));
        } catch (IOException e) {
            throw unanswered(e);
        }
    }

    private static byte[] all(InputStream body) throws IOException {
        try (body) {
            return body.readAllBytes();
        }
    }

    private HttpRequest.Builder request(Query query) {
        URI target = URI.create(base.toString().replaceFirst("/+$", "") + query.path());
        HttpRequest.Builder request = HttpRequest.newBuilder(target);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        query.onBehalf().ifPresent(owner -> request.header(Caller.OWNER_HEADER, owner.value()));
        return request;
    }

    private InputStream send(HttpRequest request, Scope... needed) {
        try {
            HttpResponse<InputStream> response = sendAtItsRate(request);
            if (response.statusCode() == 200 || response.statusCode() == 201) {
                return response.body();
            }
            try (InputStream problem = response.body()) {
                throw Refusal.of(response.statusCode(), problem.readNBytes(MAX_PROBLEM_BYTES)).asFailure(base, needed);
            }
        } catch (IOException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted.", "", ExitStatus.TEMPORARY, e);
        }
    }

    /** Waits as long as the server asks for when the owner has made too many requests; a body is not sent again. */
    private HttpResponse<InputStream> sendAtItsRate(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        for (int repeat = 0; repeat < MAX_REPEATS && request.method().equals("GET"); repeat++) {
            Optional<String> wait = response.headers().firstValue("Retry-After")
                    .filter(WAIT_SECONDS.asMatchPredicate());
            if (response.statusCode() != 429 || wait.isEmpty()) {
                break;
            }
            response.body().close();
            Thread.sleep(Duration.ofSeconds(Long.parseLong(wait.get())));
            response = http.send(request, BodyHandlers.ofInputStream());
        }
        return response;
    }

    private CannotStart unanswered(IOException e) {
        return new CannotStart("The server " + base + " does not answer: " + e + ".", "", ExitStatus.UNAVAILABLE, e);
    }

    @Override
    public void close() {
        http.close();
    }
}
