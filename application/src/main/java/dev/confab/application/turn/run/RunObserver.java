package dev.confab.application.turn.run;

import dev.confab.domain.session.Turn;
import java.util.Optional;
import java.util.function.Supplier;

/** Observes the runs of turns, to measure them. It must not block, and it must not throw anything that the run does not throw. */
@FunctionalInterface
public interface RunObserver {
    /** Observes nothing. */
    RunObserver NONE = (turn, run) -> run;

    /**
     * A run is about to begin. Called on the thread that starts or resumes the turn: of a request, of the run whose end begins it,
     * or of a sweep.
     *
     * @param turn as it was committed when the run began
     * @param run returns the turn as the run leaves it: finished, or awaiting an approval. Empty if the run was stopped or given up
     * @return called on the run's own thread; it calls {@code run} once, and returns what that returns
     */
    Supplier<Optional<Turn>> observed(Turn turn, Supplier<Optional<Turn>> run);
}
