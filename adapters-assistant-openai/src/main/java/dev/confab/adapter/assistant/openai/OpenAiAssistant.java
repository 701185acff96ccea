package dev.confab.adapter.assistant.openai;

import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an OpenAI-compatible chat-completions endpoint. A failed attempt is repeated at most twice, if its failure is temporary, no text or
 * tool call has arrived, and the response timeout leaves time to wait.
 *
 * <p>Failure codes: {@code assistant-unavailable}, {@code -rate-limited}, {@code -refused} (the API key), {@code -request-rejected},
 * {@code -timeout}, {@code -broke-off}, {@code -malformed}, {@code -filtered}, {@code -length} (the
 * model's limit was reached before any text; with text, the answer is {@code Incomplete}).
 */
public final class OpenAiAssistant implements Assistant, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiAssistant.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

    private final OpenAiSettings settings;
    private final RetryPause retryPause;
    private final Endpoint endpoint;

    /** Waits until the next attempt may start. Tests replace it, so that they need not wait. */
    @FunctionalInterface
    interface RetryPause {
        void pause(Duration time) throws InterruptedException;
    }

    public OpenAiAssistant(OpenAiSettings settings) {
        this(settings, Thread::sleep);
    }

    OpenAiAssistant(OpenAiSettings settings, RetryPause retryPause) {
        this.settings = settings;
        this.retryPause = retryPause;
        this.endpoint = new Endpoint(settings);
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        String request = ChatRequest.json(question, settings.model());
        long deadline = System.nanoTime() + settings.responseTimeout().toNanos();
        for (int attempt = 1;; attempt++) {
            var answer = new StreamedAnswer(sink);
            try {
                endpoint.ask(request, timeLeft(deadline), answer);
                return answer.reply();
            } catch (AttemptFailed failed) {
                Duration wait = failed.retryAfter().orElse(backoff(attempt));
                boolean retry = failed.isRetryable() && !answer.hasBegun() && attempt < MAX_ATTEMPTS
                        && wait.compareTo(timeLeft(deadline)) < 0;
                LOG.warn("OpenAI assistant: attempt {} failed with {}; {}", attempt, failed.failure().code(),
                        retry ? "trying again in " + wait.toMillis() + " ms" : "the turn fails");
                if (!retry) {
                    throw new AssistantFailed(failed.failure());
                }
                retryPause.pause(wait);
            }
        }
    }

    /** Ends all requests at once. */
    @Override
    public void close() {
        endpoint.close();
    }

    private static Duration timeLeft(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Doubles with each attempt. The jitter of half its length keeps clients that failed together from retrying together. */
    private static Duration backoff(int attempt) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        return Duration.ofNanos((long) (FIRST_BACKOFF.toNanos() * Math.scalb(jitter, attempt - 1)));
    }
}
