package dev.confab.application.turn;

import dev.confab.domain.session.TurnFailure;

/** Ends a run whose turn fails. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TurnFailure failure;

    Broken(TurnFailure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    TurnFailure failure() {
        return failure;
    }
}
