package dev.confab.application;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;

/**
 * What happens in a turn, to be read as often and as slowly as one likes. The instance that runs a turn keeps all its events until some time
 * after its end; any other, and any later, gives what is committed, under the same ids: without deltas, for the finished
 * message replaces them.
 *
 * <p>An id is {@code step × }{@value #IDS_PER_STEP}{@code  + n}: {@code n} counts the events within one step of the turn, so ids come from what is
 * committed and are the same everywhere.
 */
public interface TurnEvents {
    long IDS_PER_STEP = 2_000_000;

    /**
     * The events after an id, in order, as many as fit an answer. {@code TurnNotFound} for a turn that is not the owner's or no longer
     * kept.
     *
     * @param after 0 for all
     */
    Batch after(OwnerId owner, TurnId id, long after);

    /** Tells, from any thread, that there may be more events of the turn. It must return at once, and wait for nothing. */
    Subscription watch(TurnId id, Runnable listener);

    /** @param ended no event will follow these */
    record Batch(List<TurnEvent> events, boolean ended) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    /** One event of a turn's stream. */
    sealed interface TurnEvent {
        long id();

        record Started(long id, Turn turn) implements TurnEvent {
        }

        /** @param text whole code points */
        record Delta(long id, String text) implements TurnEvent {
        }

        record ApprovalRequired(long id, Turn turn) implements TurnEvent {
        }

        /** The whole text, in place of the deltas. */
        record MessageCompleted(long id, Message message) implements TurnEvent {
        }

        /** The last one; its kind is the turn's state. */
        record Ended(long id, Turn turn) implements TurnEvent {
        }
    }
}
