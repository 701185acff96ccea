package dev.confab.domain.session;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Times;
import java.time.Instant;

/**
 * Where a turn stands. {@link #leadsTo} is the whole table of what leads where:
 *
 * <pre>
 * running           → running (the lease renewed, tools asked for), awaiting-approval, completed, cancelled, failed
 * awaiting-approval → awaiting-approval (a call answered, others not), running (all answered), cancelled, failed
 * completed, cancelled, failed → nothing
 * </pre>
 */
public sealed interface TurnState {
    /**
     * An instance produces the answer, and has promised to say so again before {@code leaseUntil}. After that it counts as dead,
     * and anyone may fail the turn.
     *
     * @param partialText what it had said, since the last round, when it renewed the lease: what another instance that cancels the turn knows
     */
    record Running(Instant leaseUntil, String partialText) implements TurnState {
        public Running {
            Times.requireMillis(leaseUntil);
            Message.requireText(partialText);
        }
    }

    /** The assistant wants tools, and a person must say yes or no to some: see {@link Turn#rounds()}. Nobody runs it. */
    record AwaitingApproval() implements TurnState {
    }

    /** The reply is a message of the conversation. */
    record Completed() implements TurnState {
    }

    /** Somebody ended it. What had been said may be a message of the conversation. */
    record Cancelled() implements TurnState {
    }

    record Failed(TurnFailure failure) implements TurnState {
    }

    default boolean isFinished() {
        return switch (this) {
            case Running _,AwaitingApproval _ -> false;
            case Completed _,Cancelled _,Failed _ -> true;
        };
    }

    default boolean leadsTo(TurnState next) {
        return switch (this) {
            case Running _ -> true;
            case AwaitingApproval _ -> !(next instanceof Completed);
            case Completed _,Cancelled _,Failed _ -> false;
        };
    }

    /** As the API and the stores call it. */
    default String label() {
        return switch (this) {
            case Running _ -> "running";
            case AwaitingApproval _ -> "awaiting-approval";
            case Completed _ -> "completed";
            case Cancelled _ -> "cancelled";
            case Failed _ -> "failed";
        };
    }
}
