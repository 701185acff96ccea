package dev.confab.adapter.persistence.jpa.feed;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of the change feed since it was opened, for metrics.
 *
 * @param notificationsSent payloads sent; each carries up to some hundred hints
 * @param hintsReceived hints that other instances' notifications brought
 * @param hintsDropped hints that were not sent; other instances find these changes by polling
 * @param polledRows changed conversations that polls found, including those that were already known from a notification
 * @param reconnects connections that were lost and restored
 */
public record FeedCounts(LongAdder notificationsSent, LongAdder hintsReceived, LongAdder hintsDropped,
        LongAdder polledRows,
        LongAdder reconnects) {

    FeedCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
