package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.StorageUnavailable;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The change feed of all instances over one database. It reports commits of this instance at once, and commits of other
 * instances by a notification some milliseconds later or, when that is lost, by a poll at most {@code pollEvery} later.
 * Only notifications report a purge, since a poll finds rows. During an outage of the database hints are late.
 */
public final class PostgresFeed implements ChangeFeed, AutoCloseable {
    private final FeedCounters counts = new FeedCounters();
    private final FeedListeners listeners = new FeedListeners();
    private final FeedNotifier notifier;
    private final FeedReceiver receiver;

    private PostgresFeed(DataSource database, Duration notifyEvery, Duration pollEvery) throws SQLException {
        String self = Long.toHexString(new SecureRandom().nextLong());
        this.receiver = new FeedReceiver(self, database, pollEvery, listeners, counts);
        try {
            this.notifier = new FeedNotifier(self, database, notifyEvery, counts);
        } catch (SQLException e) {
            receiver.close();
            throw e;
        }
    }

    /** The schema must exist. Throws {@link StorageUnavailable} when the database cannot be reached. */
    public static PostgresFeed open(DataSource database, Duration notifyEvery, Duration pollEvery) {
        try {
            var feed = new PostgresFeed(database, notifyEvery, pollEvery);
            feed.receiver.start();
            feed.notifier.start();
            return feed;
        } catch (SQLException e) {
            throw new StorageUnavailable("the change feed cannot reach the database", e);
        }
    }

    /** Must be called after each commit that changed something, outside its transaction. Does not wait. */
    public void committed(Hint hint) {
        listeners.report(hint);
        notifier.send(hint);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return listeners.subscribe(listener);
    }

    public FeedCounters counts() {
        return counts;
    }

    /** Sends the pending hints first. Takes some seconds at most, normally no time. */
    @Override
    public void close() {
        notifier.close();
        receiver.close();
    }
}
