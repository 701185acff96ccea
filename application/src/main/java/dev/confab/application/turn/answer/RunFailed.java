package dev.confab.application.turn.answer;

import dev.confab.domain.session.TurnFailure;

/** Ends a run whose turn is to fail. */
public final class RunFailed extends RuntimeException {
    private final TurnFailure failure;

    public RunFailed(TurnFailure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    public TurnFailure failure() {
        return failure;
    }
}
