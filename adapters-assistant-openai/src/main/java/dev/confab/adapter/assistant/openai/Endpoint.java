package dev.confab.adapter.assistant.openai;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends a request to the endpoint and reads the stream that answers it. All waiting happens in the caller's thread: an interrupt ends it
 * and closes the connection. Safe for use by many threads.
 */
final class Endpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private static final String END_OF_ANSWER = "[DONE]";
    private static final Duration END_OF_BODY = Duration.ofMillis(100);

    private final OpenAiSettings settings;
    private final HttpClient http;

    Endpoint(OpenAiSettings settings) {
        this.settings = settings;
        // No redirects: the key is for this host only. HTTP/1.1: abandoning a stream closes its own connection and no other.
        this.http = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).followRedirects(Redirect.NEVER)
                .version(Version.HTTP_1_1).build();
    }

    /**
     * Adds the chunks of the response to the answer until the response ends.
     *
     * @param limit for the time until the response begins
     */
    void ask(String request, Duration limit, StreamedAnswer answer) throws AttemptFailed, InterruptedException {
        HttpResponse<ResponseBody> response = send(request, limit);
        try (ResponseBody body = response.body()) {
            if (response.statusCode() != 200) {
                throw AttemptFailed.ofStatus(response.statusCode(), response.headers());
            }
            read(body, answer);
        }
    }

    /** Ends all requests at once. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<ResponseBody> send(String json, Duration limit) throws AttemptFailed, InterruptedException {
        var request = HttpRequest.newBuilder(settings.completionsUrl()).timeout(limit)
                .header("Content-Type", "application/json").header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(json));
        settings.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            HttpResponse<ResponseBody> response = http.send(request.build(), _ -> new ResponseBody());
            LOG.atLevel(response.statusCode() == 200 ? Level.DEBUG : Level.WARN)
                    .log("OpenAI endpoint answered with status {}, request id {}", response.statusCode(),
                            requestId(response));
            return response;
        } catch (HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (HttpTimeoutException e) {
            throw AttemptFailed.permanent("assistant-timeout", "The assistant did not begin to answer in time.");
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Reads until the provider marks the end or the body ends; the finish reason tells whether the answer is complete. */
    private void read(ResponseBody body, StreamedAnswer answer) throws AttemptFailed, InterruptedException {
        var parser = new SseParser();
        while (true) {
            List<ByteBuffer> part = body.next(settings.idleTimeout()).orElseThrow(() -> AttemptFailed.permanent(
                    "assistant-timeout", "The assistant stopped sending in the middle of its answer."));
            if (part.isEmpty()) {
                return;
            }
            for (ByteBuffer bytes : part) {
                for (SseParser.Event event : parser.parse(bytes)) {
                    if (event.data().strip().equals(END_OF_ANSWER)) {
                        // The body usually ends right after, and then the connection can be reused.
                        body.next(END_OF_BODY);
                        return;
                    }
                    answer.add(ChatChunk.parse(event));
                }
            }
        }
    }

    private static AttemptFailed unreachable(IOException e) {
        // The message is not logged: it may quote the provider's response.
        LOG.warn("OpenAI endpoint cannot be reached: {}", e.getClass().getName());
        return AttemptFailed.retryable("assistant-unavailable", "The assistant's provider cannot be reached.");
    }

    /** The provider's id of the request, for its support; "unknown" unless it is harmless to log. */
    private String requestId(HttpResponse<?> response) {
        return response.headers().firstValue("x-request-id")
                .filter(id -> id.matches("[A-Za-z0-9._-]{1,100}") && !settings.containsKey(id)).orElse("unknown");
    }
}
