package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.List;

/**
 * The state of a turn. {@link #leadsTo} allows these transitions and no others:
 *
 * <pre>
 * queued            → running (it begins), cancelled, failed
 * running           → running (the lease renewed, tools asked for), awaiting-approval, completed, cancelled, failed
 * awaiting-approval → awaiting-approval (a call answered, others not), running (all answered), cancelled, failed
 * completed, cancelled, failed → nothing
 * </pre>
 */
public sealed interface TurnState {
    /**
     * The turn waits until the turns before it have ended. Its messages are appended when it begins, not before.
     *
     * @param messages 1..{@value #MAX_MESSAGES}, with at most {@value #MAX_BYTES} bytes of content; the last one is the prompt
     */
    record Queued(List<MessageDraft> messages) implements TurnState {
        public static final int MAX_MESSAGES = 100;
        public static final int MAX_BYTES = 1024 * 1024;

        public Queued {
            messages = List.copyOf(messages);
            if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
                throw new InvalidValue("messages", "must have 1 to " + MAX_MESSAGES + " items, not " + messages.size());
            }
            long bytes = messages.stream().mapToLong(MessageDraft::contentBytes).sum();
            if (bytes > MAX_BYTES) {
                throw new InvalidValue("messages", "of a turn that waits have " + bytes + " bytes; at most " + MAX_BYTES
                        + " are allowed");
            }
        }
    }

    /**
     * An instance produces the answer and must renew the lease before {@code leaseUntil}. After that it counts as crashed, and any
     * instance may fail the turn. The partial text is stored then, or when another instance ends the turn.
     */
    record Running(Instant leaseUntil, String partialText) implements TurnState {
        public Running {
            Times.requireMillis(leaseUntil);
            Message.requireText(partialText);
        }
    }

    /** The user must approve or reject tool calls: see {@link Turn#rounds()}. No instance runs the turn. */
    record AwaitingApproval() implements TurnState {
    }

    /** The reply is a message of the conversation. */
    record Completed() implements TurnState {
    }

    /** The turn was cancelled. The partial answer may be a message of the conversation. */
    record Cancelled() implements TurnState {
    }

    record Failed(TurnFailure failure) implements TurnState {
    }

    /** The answer since the last round as of the last renewal; empty unless the turn runs. */
    default String partialText() {
        return "";
    }

    default boolean isFinished() {
        return switch (this) {
            case Queued _,Running _,AwaitingApproval _ -> false;
            case Completed _,Cancelled _,Failed _ -> true;
        };
    }

    default boolean leadsTo(TurnState next) {
        return switch (this) {
            case Queued _ -> next instanceof Running || next instanceof Cancelled || next instanceof Failed;
            case Running _ -> !(next instanceof Queued);
            case AwaitingApproval _ -> !(next instanceof Completed || next instanceof Queued);
            case Completed _,Cancelled _,Failed _ -> false;
        };
    }

    /** The name of the state, stable: it is stored. */
    default String label() {
        return switch (this) {
            case Queued _ -> "queued";
            case Running _ -> "running";
            case AwaitingApproval _ -> "awaiting-approval";
            case Completed _ -> "completed";
            case Cancelled _ -> "cancelled";
            case Failed _ -> "failed";
        };
    }
}
