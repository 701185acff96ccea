package dev.confab.domain.port;

import dev.confab.domain.ConfabException;
import dev.confab.domain.session.TurnFailure;

/** The assistant has no answer. */
public final class AssistantFailed extends ConfabException {
    private static final long serialVersionUID = 1L;

    private final transient TurnFailure failure;

    /** @param failure what the turn's owner is told: never a secret, nor what a provider said that may hold one */
    public AssistantFailed(TurnFailure failure, Throwable cause) {
        super(failure.code() + ": " + failure.detail(), cause);
        this.failure = failure;
    }

    public AssistantFailed(TurnFailure failure) {
        super(failure.code() + ": " + failure.detail());
        this.failure = failure;
    }

    public TurnFailure failure() {
        return failure;
    }
}
