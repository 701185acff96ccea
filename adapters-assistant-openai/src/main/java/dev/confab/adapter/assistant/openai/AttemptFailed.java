package dev.confab.adapter.assistant.openai;

import dev.confab.domain.session.TurnFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt has failed. It has no cause: what a provider or a parser says may hold the key.
 *
 * <p>Unchecked, because it passes through the library between exchange and assistant.
 */
final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient TurnFailure failure;
    private final transient boolean passing;
    private final transient Optional<Duration> retryAfter;

    private AttemptFailed(String code, String detail, boolean passing, Optional<Duration> retryAfter) {
        super(code + ": " + detail);
        this.failure = new TurnFailure(code, detail);
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** Another attempt may do better. */
    static AttemptFailed passing(String code, String detail) {
        return new AttemptFailed(code, detail, true, Optional.empty());
    }

    static AttemptFailed passing(String code, String detail, Optional<Duration> retryAfter) {
        return new AttemptFailed(code, detail, true, retryAfter);
    }

    /** Another attempt would fail the same. */
    static AttemptFailed lasting(String code, String detail) {
        return new AttemptFailed(code, detail, false, Optional.empty());
    }

    static AttemptFailed malformed(String detail) {
        return lasting("assistant-malformed", detail);
    }

    static AttemptFailed brokeOff(String detail) {
        return passing("assistant-broke-off", detail);
    }

    TurnFailure failure() {
        return failure;
    }

    boolean isPassing() {
        return passing;
    }

    /** What the provider asked to wait. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
