package dev.confab.application.turn;

import dev.confab.domain.session.Failure;

/** Ends a run whose turn fails. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Broken(Failure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
