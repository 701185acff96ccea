package dev.confab.application.webhook;

import java.time.Duration;

/**
 * How events are delivered.
 *
 * @param lease how long a claim of a webhook lasts; it is renewed after a third of this time
 * @param timeout how long one attempt takes at most; at most half of the lease, so that no attempt outlives the claim
 * @param firstRetry the pause after the first failure
 * @param giveUpAfter how long an event is tried until its webhook is disabled
 * @param maxPerWebhook how many attempts for one webhook run at once
 * @param maxAtOnce how many attempts run at once in this instance
 */
public record DeliverySettings(Duration lease, Duration timeout, Duration firstRetry, Duration giveUpAfter,
        int maxPerWebhook, int maxAtOnce) {
    public DeliverySettings {
        if (timeout.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException("the time-out of an attempt, " + timeout
                    + ", must be at most half of the lease, " + lease);
        }
    }
}
