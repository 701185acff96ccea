package dev.confab.adapter.persistence.jpa.feed;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of the change feed of this instance since it was opened, for metrics.
 *
 * @param notificationsSent notifications sent; each reports up to some hundred changes
 * @param hintsReceived changes that notifications of other instances reported
 * @param hintsDropped changes without a notification; other instances find them by polling
 * @param polledRows changed conversations that polls found, including those already known from a notification
 * @param reconnects connections that were lost and restored
 */
public record FeedCounters(LongAdder notificationsSent, LongAdder hintsReceived, LongAdder hintsDropped,
        LongAdder polledRows,
        LongAdder reconnects) {

    FeedCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
