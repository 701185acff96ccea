package dev.confab.application.conversation;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnOutput;
import java.time.Duration;

/**
 * The turns that run on this instance. All but {@link #run} is safe to call inside a transaction function: it neither blocks nor reads.
 */
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

        @Override
        public Duration lease() {
            return Duration.ZERO;
        }

        @Override
        public void run(OwnerId owner, Turn turn) {
            // Its lease is over already, so another instance ends it and begins the next one.
        }
    };

    /** Whether the turn runs here. It renews its lease in time, so it is not abandoned, whatever a clock that was set says. */
    boolean isRunning(Turn turn);

    /** The output of the turn so far: all of it when the turn runs here in this step, otherwise what the last renewal stored. */
    TurnOutput output(Turn turn);

    /** For how long a turn that begins on this instance is leased to it, unless the lease is renewed. */
    Duration lease();

    /** Runs a turn that waited and was just committed as running under a lease of this instance. Returns at once. */
    void run(OwnerId owner, Turn turn);
}
