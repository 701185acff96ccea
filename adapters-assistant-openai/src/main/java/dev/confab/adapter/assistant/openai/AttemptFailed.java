package dev.confab.adapter.assistant.openai;

import dev.confab.domain.session.TurnFailure;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt to get an answer failed. It never carries a cause or words of the provider: both may contain the API key.
 */
final class AttemptFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient TurnFailure failure;
    private final boolean retryable;
    private final transient Optional<Duration> retryAfter;

    private AttemptFailed(String code, String detail, boolean retryable, Optional<Duration> retryAfter) {
        super(code + ": " + detail);
        this.failure = new TurnFailure(code, detail);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** A failure that another attempt may avoid. */
    static AttemptFailed retryable(String code, String detail) {
        return new AttemptFailed(code, detail, true, Optional.empty());
    }

    /** A failure that every further attempt would repeat. */
    static AttemptFailed permanent(String code, String detail) {
        return new AttemptFailed(code, detail, false, Optional.empty());
    }

    /** The endpoint sent something that is not part of the chat-completions format. */
    static AttemptFailed malformed(String detail) {
        return permanent("assistant-malformed", detail);
    }

    /** The stream ended before the answer was complete. */
    static AttemptFailed brokeOff(String detail) {
        return retryable("assistant-broke-off", detail);
    }

    /** The endpoint answered with a status other than 200. */
    static AttemptFailed ofStatus(int status, HttpHeaders headers) {
        return switch (status) {
            case 429 -> new AttemptFailed("assistant-rate-limited",
                    "The assistant's provider received too many requests; try again later.", true,
                    ProviderRetryAfter.of(headers));
            case 401, 403 -> permanent("assistant-refused", "The assistant's provider rejected the API key.");
            default -> status >= 500
                    ? new AttemptFailed("assistant-unavailable",
                            "The assistant's provider failed with status " + status + ".", true,
                            ProviderRetryAfter.of(headers))
                    : permanent("assistant-request-rejected",
                            "The assistant's provider rejected the request with status " + status + ".");
        };
    }

    TurnFailure failure() {
        return failure;
    }

    boolean isRetryable() {
        return retryable;
    }

    /** How long the provider asked to wait before another attempt. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
