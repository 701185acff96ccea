package dev.confab.domain.port;

import dev.confab.domain.ConfabException;
import dev.confab.domain.session.Failure;

/** The assistant has no answer. */
public final class AssistantFailed extends ConfabException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure what the turn's owner is told: never a secret, nor what a provider said that may hold one */
    public AssistantFailed(Failure failure, Throwable cause) {
        super(failure.code() + ": " + failure.detail(), cause);
        this.failure = failure;
    }

    public AssistantFailed(Failure failure) {
        super(failure.code() + ": " + failure.detail());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
