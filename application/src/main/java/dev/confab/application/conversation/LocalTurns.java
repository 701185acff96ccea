package dev.confab.application.conversation;

import dev.confab.domain.session.Turn;

/** What only this instance knows of the turns that run on it. Safe to call inside a transaction function: it neither blocks nor reads. */
public interface LocalTurns {
    /** Of an instance that runs no turns. */
    LocalTurns NONE = new LocalTurns() {
        @Override
        public boolean isRunning(Turn turn) {
            return false;
        }

        @Override
        public String textSoFar(Turn turn) {
            return turn.textSoFar();
        }
    };

    /** Whether the turn runs here. It renews its lease in time, so it is not abandoned, whatever a clock that was set says. */
    boolean isRunning(Turn turn);

    /** The text of the answer so far: all of it when the turn runs here in this step, otherwise what the last renewal stored. */
    String textSoFar(Turn turn);
}
