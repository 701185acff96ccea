package dev.confab.domain.port;

import dev.confab.domain.ConfabException;
import dev.confab.domain.session.TurnFailure;

/** The assistant could not produce an answer. */
public final class AssistantFailed extends ConfabException {
    private final TurnFailure failure;

    /** @param failure shown to the turn's owner; it must not contain a secret, nor a provider's words, which may quote one */
    public AssistantFailed(TurnFailure failure) {
        super(failure.code() + ": " + failure.detail());
        this.failure = failure;
    }

    public TurnFailure failure() {
        return failure;
    }
}
