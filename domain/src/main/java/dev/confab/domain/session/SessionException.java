package dev.confab.domain.session;

import dev.confab.domain.ConfabException;

/** A request that a session or a turn rejects. Each subclass carries the values its caller needs. */
public abstract sealed class SessionException extends ConfabException
        permits SessionNotFound, SessionIdReused, SessionVersionConflict, TooManySessions, TurnNotFound, TurnIdReused,
        TurnInProgress, TooManyQueuedTurns, TurnFinished, TurnSuperseded, ToolCallNotFound, ToolCallAlreadyAnswered,
        NothingToRegenerate {
    SessionException(String message) {
        super(message);
    }
}
