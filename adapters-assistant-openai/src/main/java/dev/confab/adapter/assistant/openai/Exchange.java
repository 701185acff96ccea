package dev.confab.adapter.assistant.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.CancellationUnsupportedHandle;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to the endpoint and the stream that answers it, all in the caller's thread: an interrupt ends whatever it waits for, and
 * leaving closes the connection. It is its own builder, so that each has a library's client of its own.
 */
final class Exchange implements HttpClient, HttpClientBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final Duration END_OF_BODY = Duration.ofMillis(100);

    private final java.net.http.HttpClient http;
    private final OpenAiSettings settings;
    private final Duration patience;
    private final Reply reply;
    private final Progress progress = new Progress();

    /**
     * @param patience until the response begins
     * @param reply is asked after each event whether to go on
     */
    Exchange(java.net.http.HttpClient http, OpenAiSettings settings, Duration patience, Reply reply) {
        this.http = http;
        this.settings = settings;
        this.patience = patience;
        this.reply = reply;
    }

    Progress progress() {
        return progress;
    }

    /** Returns when the answer has ended; throws {@link AttemptFailed} or {@link Interrupted}. The given parser knows no limits. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<Body> response = send(request);
            try (Body body = response.body()) {
                if (response.statusCode() != 200) {
                    throw Refusals.of(response.statusCode(), response.headers());
                }
                listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).build());
                follow(body, listener);
            }
            listener.onClose();
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    private HttpResponse<Body> send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Body> response = http.send(jdkRequest(request), head -> new Body());
            LOG.debug("The assistant answered with status {}, request {}", response.statusCode(), id(response));
            if (response.statusCode() != 200) {
                LOG.warn("The assistant refused with status {}, request {}", response.statusCode(), id(response));
            }
            return response;
        } catch (HttpConnectTimeoutException e) {
            throw AttemptFailed.passing("assistant-unavailable", "The assistant cannot be reached.");
        } catch (HttpTimeoutException e) {
            throw AttemptFailed.lasting("assistant-timeout", "The assistant did not begin to answer in time.");
        } catch (IOException e) {
            // Not its message: that may quote what the provider sent.
            LOG.warn("The assistant cannot be reached: {}", e.getClass().getName());
            throw AttemptFailed.passing("assistant-unavailable", "The assistant cannot be reached.");
        }
    }

    private java.net.http.HttpRequest jdkRequest(HttpRequest request) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(patience)
                .header("Accept", "text/event-stream").POST(BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    /** Until the provider says that it is done, or the body ends; either way the finish reason tells whether that was the end. */
    private void follow(Body body, ServerSentEventListener listener) throws InterruptedException {
        var events = new EventParser(event -> pass(event, listener));
        while (!progress.isDone()) {
            switch (body.next(settings.idleTimeout()).orElseThrow(Exchange::idle)) {
                case Body.Part.Bytes bytes -> {
                    for (ByteBuffer buffer : bytes.buffers()) {
                        events.accept(buffer);
                    }
                }
                case Body.Part.End _,Body.Part.Broken _ -> {
                    return;
                }
            }
        }
        // The end of the body follows at once as a rule, and then the connection can be used again.
        body.next(END_OF_BODY);
    }

    private void pass(ServerSentEvent event, ServerSentEventListener listener) {
        if (!progress.isDone()) {
            progress.see(event);
            listener.onEvent(event, new ServerSentEventContext(new CancellationUnsupportedHandle()));
            reply.requireSound();
        }
    }

    private static AttemptFailed idle() {
        return AttemptFailed.lasting("assistant-timeout", "The assistant fell silent in the middle of its answer.");
    }

    /** The provider's name for the request, when it is a name. */
    private String id(HttpResponse<?> response) {
        return response.headers().firstValue("x-request-id")
                .filter(id -> id.matches("[A-Za-z0-9._-]{1,100}") && !settings.isTold(id)).orElse("unknown");
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("answers are streamed");
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return settings.connectTimeout();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return settings.idleTimeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    /** Carries an interrupt through the library. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }
}
