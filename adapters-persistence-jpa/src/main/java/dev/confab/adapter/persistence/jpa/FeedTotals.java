package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.jpa.feed.FeedCounts;

/**
 * Counts of the change feed of this instance since it was opened.
 *
 * @param notificationsSent notifications sent; each reports up to some hundred changes
 * @param hintsReceived changes that notifications of other instances reported
 * @param hintsDropped changes without a notification; other instances find them by polling
 * @param polledRows changed conversations that polls found, including those that were already known from a notification
 * @param reconnects connections that were lost and restored
 */
public record FeedTotals(long notificationsSent, long hintsReceived, long hintsDropped, long polledRows,
        long reconnects) {

    static FeedTotals of(FeedCounts counts) {
        return new FeedTotals(counts.notificationsSent().sum(), counts.hintsReceived().sum(),
                counts.hintsDropped().sum(), counts.polledRows().sum(), counts.reconnects().sum());
    }
}
