package dev.confab.application;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;

/**
 * The events of a turn, for readers of any speed. The instance that runs a turn keeps all of its events until some minutes after the
 * turn's end. Every other instance, and this one later, derives the events from the committed turn: the same events under the same
 * ids, except the deltas, which the completed messages replace. A result of a tool may come there with the next commit only.
 *
 * <p>An id is {@code step × }{@value #IDS_PER_STEP}{@code  + n}, where {@code n} counts the events within one step of the turn. So ids
 * follow from what is committed and are the same on every instance.
 */
public interface TurnEvents {
    long IDS_PER_STEP = 2_000_000;

    /** The events after an id, 0 for all, in order, as many as fit one answer. Throws {@code TurnNotFound}. */
    Batch after(OwnerId owner, TurnId id, long after);

    /** Calls the listener, from any thread, when the turn may have new events. The listener must return at once and must not block. */
    Subscription watch(TurnId id, Runnable listener);

    /** @param ended whether no event follows these */
    record Batch(List<TurnEvent> events, boolean ended) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    /** One event of a turn. */
    sealed interface TurnEvent {
        long id();

        default boolean isLast() {
            return switch (this) {
                case Queued _,Started _,Delta _,ApprovalRequired _,ToolCompleted _,MessageCompleted _ -> false;
                case Ended _ -> true;
            };
        }

        /** The characters of a delta or of a tool's result; 0 for any other event, which is rare. */
        default int characters() {
            return switch (this) {
                case Delta delta -> delta.text().length();
                case ToolCompleted completed -> completed.result().length();
                case Queued _,Started _,ApprovalRequired _,MessageCompleted _,Ended _ -> 0;
            };
        }

        /** The turn waits; the start follows, or the end. */
        record Queued(long id, Turn turn) implements TurnEvent {
        }

        record Started(long id, Turn turn) implements TurnEvent {
        }

        /** A piece of the answer: whole code points. */
        record Delta(long id, String text) implements TurnEvent {
        }

        /** The user must approve or reject tool calls before the turn goes on. */
        record ApprovalRequired(long id, Turn turn) implements TurnEvent {
        }

        /** A tool has returned a result, or the call was refused and the result says so. */
        record ToolCompleted(long id, String callId, String result) implements TurnEvent {
        }

        /** A message of the assistant that the turn appended. The messages of a turn replace its deltas. */
        record MessageCompleted(long id, Message message) implements TurnEvent {
        }

        /** The last event; how the turn ended is the turn's state. */
        record Ended(long id, Turn turn) implements TurnEvent {
        }
    }
}
