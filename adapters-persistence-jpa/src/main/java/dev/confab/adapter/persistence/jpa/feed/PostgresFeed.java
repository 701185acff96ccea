package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.StorageUnavailable;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The change feed of all instances over one database. This instance's commits its listeners hear of at once, other instances' by a
 * notification some milliseconds later, and by a poll, {@code pollEvery} later at most, when that was lost.
 *
 * <p>Only notifications tell of a purge: a poll finds rows, and the row is gone. When the database is away, hints are late, and nothing
 * else stops.
 */
public final class PostgresFeed implements ChangeFeed, AutoCloseable {
    private final FeedCounts counts = new FeedCounts();
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

    /** On a database whose schema is there; {@link StorageUnavailable} when it cannot be reached now. */
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

    /** To be called right after each commit that changed something, outside its transaction; waits for nothing and throws nothing. */
    public void committed(Hint hint) {
        listeners.tell(hint);
        notifier.send(hint);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return listeners.subscribe(listener);
    }

    public FeedCounts counts() {
        return counts;
    }

    /** Within some seconds at most, and normally at once; what was committed before is notified of first. */
    @Override
    public void close() {
        notifier.close();
        receiver.close();
    }
}
