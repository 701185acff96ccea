package dev.confab.adapter.persistence.jpa.feed;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the change feed has done since it was opened, for whoever publishes metrics.
 *
 * @param notificationsSent payloads sent; each carries up to some hundred hints
 * @param hintsReceived hints that other instances' notifications brought
 * @param hintsDropped hints that were not sent, so that other instances learn of them by their polls
 * @param polledRows conversations that polls found, those already told of included
 * @param reconnects connections that were lost and are back
 */
public record FeedCounts(LongAdder notificationsSent, LongAdder hintsReceived, LongAdder hintsDropped,
        LongAdder polledRows,
        LongAdder reconnects) {

    FeedCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
