package dev.confab.application.turn;

import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;

/** Tells by a turn's lease who runs it. */
final class Leases {
    private Leases() {
    }

    /**
     * Whether the turn runs under this very lease, and so for the call that wrote it. Should two of the same millisecond both think so, both
     * run the turn and the fence lets one of them write.
     */
    static boolean isUnder(Turn turn, Instant leaseUntil) {
        return turn.state() instanceof Running running && running.leaseUntil().equals(leaseUntil);
    }
}
