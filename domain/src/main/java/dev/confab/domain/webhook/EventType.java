package dev.confab.domain.webhook;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of events that a webhook can receive. */
public enum EventType {
    /** The conversation has a new version. */
    CONVERSATION_CHANGED("conversation.changed"),
    /** The same, and the conversation is in the bin since that version. */
    CONVERSATION_DELETED("conversation.deleted"),
    /** The conversation is gone for good. */
    CONVERSATION_PURGED("conversation.purged"),
    /** The turn's answer is a message of the conversation. */
    TURN_COMPLETED("turn.completed"), //
    TURN_FAILED("turn.failed"), //
    TURN_CANCELLED("turn.cancelled"),
    /** The turn goes on when a person has approved or rejected its tool calls. */
    TURN_AWAITING_APPROVAL("turn.awaiting-approval"),
    /** Sent on request, to try the webhook. No webhook subscribes to it. */
    WEBHOOK_TEST("webhook.test");

    /** The types that a webhook may subscribe to. */
    public static final Set<EventType> SUBSCRIBABLE = Set
            .copyOf(EnumSet.complementOf(EnumSet.of(WEBHOOK_TEST)));

    private final String code;

    EventType(String code) {
        this.code = code;
    }

    /** The name in the API and in requests to webhooks. */
    public String code() {
        return code;
    }

    /** The type with this code, which is case-sensitive. */
    public static Optional<EventType> ofCode(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    /** The event that reports a turn in the state with this label; empty for a turn that runs or waits in the queue. */
    static Optional<EventType> ofTurnState(String label) {
        return ofCode("turn." + label.toLowerCase(Locale.ROOT));
    }
}
