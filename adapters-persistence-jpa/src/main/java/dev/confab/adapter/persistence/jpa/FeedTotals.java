package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.jpa.feed.FeedCounts;

/**
 * What the change feed of this instance has done since it was opened.
 *
 * @param notificationsSent notifications sent; each tells of up to some hundred changes
 * @param hintsReceived changes that other instances' notifications told of
 * @param hintsDropped changes that were not notified of, so that other instances learn of them by their polls
 * @param polledRows changed conversations that polls found, those already told of included
 * @param reconnects connections that were lost and are back
 */
public record FeedTotals(long notificationsSent, long hintsReceived, long hintsDropped, long polledRows,
        long reconnects) {

    static FeedTotals of(FeedCounts counts) {
        return new FeedTotals(counts.notificationsSent().sum(), counts.hintsReceived().sum(),
                counts.hintsDropped().sum(), counts.polledRows().sum(), counts.reconnects().sum());
    }
}
