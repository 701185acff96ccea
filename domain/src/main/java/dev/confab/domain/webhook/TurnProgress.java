package dev.confab.domain.webhook;

import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.Cursor.TurnMark;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a turn as webhooks receive it.
 *
 * @param state the label of the turn's state
 * @param finishedAt empty unless the turn has finished
 */
public record TurnProgress(TurnId id, SessionId sessionId, int step, String state, Optional<Instant> finishedAt) {
    public static TurnProgress of(Turn turn) {
        return new TurnProgress(turn.id(), turn.sessionId(), turn.step(), turn.state().label(), turn.finishedAt());
    }

    boolean isFinished() {
        return finishedAt.isPresent();
    }

    TurnMark mark() {
        return new TurnMark(id, step);
    }

    /** The event that reports the turn; empty while it runs or waits in the queue. */
    public Optional<EventType> event() {
        return EventType.ofTurnState(state);
    }
}
