package dev.confab.application.conversation;

import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnOutput;

/** What only this instance knows of the turns that run on it. Safe to call inside a transaction function: it neither blocks nor reads. */
public interface LocalTurns {
    /** Of an instance that runs no turns. */
    LocalTurns NONE = new LocalTurns() {
        @Override
        public boolean isRunning(Turn turn) {
            return false;
        }

        @Override
        public TurnOutput output(Turn turn) {
            return turn.output();
        }
    };

    /** Whether the turn runs here. It renews its lease in time, so it is not abandoned, whatever a clock that was set says. */
    boolean isRunning(Turn turn);

    /** The output of the turn so far: all of it when the turn runs here in this step, otherwise what the last renewal stored. */
    TurnOutput output(Turn turn);
}
