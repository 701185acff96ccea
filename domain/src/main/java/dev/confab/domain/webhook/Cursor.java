package dev.confab.domain.webhook;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The last event about a conversation that was delivered to a webhook.
 *
 * @param version of the last event about a version of the conversation; 0 before the first
 * @param turn of the last event about a turn
 * @param failingSince since when the next event cannot be delivered; empty unless its delivery has failed
 */
public record Cursor(long version, Optional<TurnMark> turn, Optional<Instant> failingSince) {
    /** Nothing has been delivered. */
    public static final Cursor NONE = new Cursor(0, Optional.empty(), Optional.empty());

    /** A turn in one of its steps. */
    public record TurnMark(TurnId id, int step) {
        public TurnMark {
            if (step < 1) {
                throw new InvalidValue("step", "must be at least 1");
            }
        }
    }

    public Cursor {
        if (version < 0) {
            throw new InvalidValue("version", "must not be negative");
        }
        failingSince.ifPresent(Times::requireMillis);
    }

    /** Every event has been delivered about a conversation with this version and these turns. */
    public static Cursor upTo(long version, List<TurnProgress> turns) {
        Optional<TurnProgress> last = turns.stream().filter(turn -> !turn.isFinished()).findFirst()
                .or(() -> turns.isEmpty() ? Optional.empty() : Optional.of(turns.getLast()));
        return new Cursor(version, last.map(TurnProgress::mark), Optional.empty());
    }

    Cursor with(long newVersion) {
        return new Cursor(newVersion, turn, Optional.empty());
    }

    Cursor with(TurnMark newTurn) {
        return new Cursor(version, Optional.of(newTurn), Optional.empty());
    }

    /** This cursor, whose next event fails since that time. */
    public Cursor failing(Instant since) {
        return new Cursor(version, turn, Optional.of(since));
    }
}
