package dev.confab.application.conversation;

import dev.confab.domain.session.Turn;

/** What only this instance knows of the turns that run on it. Safe to call inside a transaction function: it neither blocks nor reads. */
public interface LocalTurns {
    /** Of an instance that runs no turns. */
    LocalTurns NONE = Turn::textSoFar;

    /** The text of the answer so far: all of it when the turn runs here in this step, otherwise what the last renewal stored. */
    String textSoFar(Turn turn);
}
