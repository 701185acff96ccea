package dev.confab.domain.webhook;

import dev.confab.domain.conversation.Times;
import java.time.Instant;

/**
 * Why an event could not be delivered.
 *
 * @param eventId of the event
 * @param reason for the webhook's owner, at most {@link #MAX_REASON_LENGTH} characters; longer ones are cut
 */
public record DeliveryFailure(Instant at, String eventId, String reason) {
    public static final int MAX_REASON_LENGTH = 300;

    public DeliveryFailure {
        Times.requireMillis(at);
        reason = printable(reason);
    }

    /** A reason may come from the network: only characters that every store can keep and a terminal can show. */
    private static String printable(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > MAX_REASON_LENGTH ? safe.substring(0, MAX_REASON_LENGTH) : safe;
    }
}
