package dev.confab.adapter.assistant.openai;

import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks any OpenAI-compatible chat-completions endpoint. An attempt that failed for a passing reason, before a piece of text or a tool call
 * came, is repeated: at most twice, and only while the time to begin the answer lasts.
 *
 * <p>Codes of failures: {@code assistant-unavailable}, {@code -rate-limited}, {@code -refused} (the key), {@code -request-rejected},
 * {@code -timeout}, {@code -broke-off}, {@code -malformed}, {@code -filtered}, {@code -length} (cut at the model's limit).
 */
public final class OpenAiAssistant implements Assistant, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiAssistant.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

    private final OpenAiSettings settings;
    private final Pause pause;
    private final HttpClient http;

    public OpenAiAssistant(OpenAiSettings settings) {
        this(settings, Thread::sleep);
    }

    OpenAiAssistant(OpenAiSettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        // No redirect: the key is for this host only. HTTP/1.1: an exchange that is left closes its connection and no other.
        this.http = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).followRedirects(Redirect.NEVER)
                .version(Version.HTTP_1_1).build();
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        ChatRequest request = Requests.of(question, settings.model());
        long deadline = System.nanoTime() + settings.responseTimeout().toNanos();
        for (int attempt = 1;; attempt++) {
            var reply = new Reply(sink);
            var exchange = new Exchange(http, settings, left(deadline), reply);
            try {
                return ask(request, exchange, reply);
            } catch (AttemptFailed failed) {
                LOG.warn("The assistant has no answer in attempt {}: {}", attempt, failed.failure().code());
                Duration wait = failed.retryAfter().orElse(backoff(attempt));
                boolean again = failed.isPassing() && !exchange.progress().hasBegun() && attempt < MAX_ATTEMPTS
                        && wait.compareTo(left(deadline)) < 0;
                if (!again) {
                    throw new AssistantFailed(failed.failure());
                }
                pause.pause(wait);
            }
        }
    }

    /** Ends all exchanges at once. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private AssistantReply ask(ChatRequest request, Exchange exchange, Reply reply) throws InterruptedException {
        // One of the library's clients an exchange: they are cheap, and so each has its own transport and no thread-local.
        var model = new OpenAiStreamingChatModelBuilder().httpClientBuilder(exchange).baseUrl(settings.apiUrl());
        settings.apiKey().ifPresent(model::apiKey);
        try {
            model.build().chat(request, reply);
            return reply.answer(exchange.progress().finishReason());
        } catch (Exchange.Interrupted e) {
            throw (InterruptedException) new InterruptedException("told to stop answering").initCause(e);
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Twice as long each time, half of it more or less, so that those who failed together do not come again together. */
    private static Duration backoff(int attempt) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        return Duration.ofNanos((long) (FIRST_BACKOFF.toNanos() * Math.scalb(jitter, attempt - 1)));
    }
}
