package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.port.ChangeFeed.Hint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Reports the commits of other instances to the listeners, from their notifications and, for lost ones, from polls. One
 * thread and one connection do both, so that the changes of a conversation are reported in order.
 */
final class FeedReceiver {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final String self;
    private final FeedListeners listeners;
    private final FeedCounters counts;
    private final FeedPoll poll;
    private final FeedConnection link;
    private final Thread thread;

    /** @param self the sender in the payloads of this instance, which are ignored: its listeners have been called */
    FeedReceiver(String self, DataSource database, Duration pollEvery, FeedListeners listeners, FeedCounters counts)
            throws SQLException {
        this.self = self;
        this.listeners = listeners;
        this.counts = counts;
        var changes = new FeedPoll(pollEvery, hint -> {
            counts.polledRows().increment();
            listeners.reportOnce(hint);
        });
        this.poll = changes;
        this.link = new FeedConnection("listening", database, counts, connection -> {
            listen(connection);
            // After LISTEN: the poll finds what was committed before, whose notification may not have arrived.
            changes.begin(connection);
        });
        this.thread = Thread.ofPlatform().name("confab-feed-listen").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private static void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + FeedNotifier.CHANNEL);
        }
    }

    private void run() {
        while (!link.isClosed()) {
            link.run(this::receive);
        }
    }

    private void receive(Connection connection) throws SQLException {
        int wait = Math.clamp(poll.millisUntilDue(), 0, Integer.MAX_VALUE);
        if (wait == 0) {
            poll.run(connection, () -> !listeners.isEmpty());
            return;
        }
        for (PGNotification notification : connection.unwrap(PGConnection.class).getNotifications(wait)) {
            FeedPayload.decode(notification.getParameter()).filter(payload -> !payload.sender().equals(self))
                    .ifPresent(this::report);
        }
    }

    private void report(FeedPayload payload) {
        for (Hint hint : payload.hints()) {
            counts.hintsReceived().increment();
            listeners.report(hint);
        }
    }

    /** A running call of a listener may last a little longer. */
    void close() {
        link.close();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
