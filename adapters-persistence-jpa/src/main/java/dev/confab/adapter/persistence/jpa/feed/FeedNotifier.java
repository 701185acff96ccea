package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.port.ChangeFeed.Hint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * Sends the gathered hints of this instance to the other instances, in one statement, from a thread and a connection
 * of its own: in the committing transaction, NOTIFY takes a lock for which all commits of the database queue.
 */
final class FeedNotifier {
    static final String CHANNEL = "confab_changes";

    /** Then a batch is dropped, since a payload that the server rejects would block all others. */
    private static final int ATTEMPTS = 10;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final String sender;
    private final PendingHints pending;
    private final FeedConnection link;
    private final FeedCounters counts;
    private final Thread thread;

    /** @param sender the name of this instance in its payloads */
    FeedNotifier(String sender, DataSource database, Duration notifyEvery, FeedCounters counts) throws SQLException {
        this.sender = sender;
        this.pending = new PendingHints(notifyEvery);
        this.counts = counts;
        this.link = new FeedConnection("notifying", database, counts, _ -> {
        });
        this.thread = Thread.ofPlatform().name("confab-feed-notify").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns at once. The hint is sent some milliseconds later, or dropped. */
    void send(Hint hint) {
        if (!pending.add(hint)) {
            counts.hintsDropped().increment();
        }
    }

    private void run() {
        try {
            for (Collection<Hint> batch = pending.take(); !batch.isEmpty(); batch = pending.take()) {
                if (!sent(FeedPayload.encode(sender, batch))) {
                    counts.hintsDropped().add(batch.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A batch is sent twice when the answer to the first attempt is lost; hints may be repeated. */
    private boolean sent(List<String> payloads) {
        for (int attempt = 0; attempt < ATTEMPTS && !link.isClosed(); attempt++) {
            if (link.run(connection -> notify(connection, payloads))) {
                counts.notificationsSent().add(payloads.size());
                return true;
            }
        }
        return false;
    }

    private static void notify(Connection connection, List<String> payloads) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_notify('" + CHANNEL + "', payload) FROM unnest(?) payload")) {
            statement.setArray(1, connection.createArrayOf("text", payloads.toArray()));
            statement.execute();
        }
    }

    /** Sends the pending hints, but waits at most a second for that. */
    void close() {
        pending.close();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.close();
        }
    }
}
