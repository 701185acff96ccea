package dev.confab.application.turn.run;

import dev.confab.domain.session.TurnFailure;

/** Ends a run whose turn is to fail. */
final class RunFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TurnFailure failure;

    RunFailed(TurnFailure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    TurnFailure failure() {
        return failure;
    }
}
