package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Finds the conversations that changed since the last poll. Each commit is found, however long transactions take and
 * in whatever order they commit; a commit during a poll may be found by the next poll, too.
 *
 * <p>A poll first takes a snapshot, which it keeps for the next poll. The next poll asks for the rows whose last
 * writer ({@code changed_in}) was not visible in that snapshot, so it finds each change that the last poll could not
 * see. The highest {@code changed_in} so far would not do, since a lower one may commit later. The rows are read after
 * this poll's snapshot was taken, each page in a statement of its own. A row that changes meanwhile may be on no later
 * page; its writer is not visible in this poll's snapshot, so the next poll finds it.
 *
 * <p>See {@code pg_visible_in_snapshot} in the PostgreSQL manual. Polls do not find purges, since the row is gone.
 */
final class FeedPoll {
    private static final int PAGE = 1_000;

    /**
     * After a crash, or when a standby takes over that is behind, the server may assign its latest transaction ids
     * again, and the old snapshot would show them as visible. There are fewer of them than this, since the server
     * forces its log several times a second.
     */
    private static final long IDS_USED_AGAIN = 10_000;

    /** Everything below the snapshot's xmin is visible. Without the alias, ORDER BY would use the text. */
    private static final String CHANGED = """
            SELECT id, owner_id, revision, changed_in::text AS transaction FROM conversation
            WHERE (changed_in, id) > (?::xid8, ?) AND NOT pg_visible_in_snapshot(changed_in, ?::pg_snapshot) AND %s
            ORDER BY changed_in, id LIMIT %d""".formatted(ConversationEntity.NOT_STAGED, PAGE);

    private final Duration every;
    private final Consumer<Hint> found;
    /** The snapshot of the last poll, in PostgreSQL's format: {@code xmin:xmax:ids in progress between}. */
    private @Nullable String seen;
    private boolean anew;
    private long dueAt;

    private record Place(String changedIn, UUID id) {
    }

    private record Row(Hint hint, Place place) {
        static Row of(ResultSet row, int number) throws SQLException {
            UUID id = row.getObject(1, UUID.class);
            return new Row(new Hint(new ConversationId(id), new OwnerId(row.getString(2)), row.getLong(3)),
                    new Place(row.getString(4), id));
        }
    }

    FeedPoll(Duration every, Consumer<Hint> found) {
        this.every = every;
        this.found = found;
    }

    /** Called on every new connection: later polls find what is committed after the first call. */
    void begin(Connection connection) {
        if (seen == null) {
            seen = snapshot(connection);
            dueAt = System.nanoTime() + every.toNanos();
        } else {
            anew = true;
            dueAt = System.nanoTime();
        }
    }

    /** Zero or less when a poll is due. */
    long millisUntilDue() {
        return TimeUnit.NANOSECONDS.toMillis(dueAt - System.nanoTime());
    }

    /**
     * Reports the changes, unless {@code wanted} is false after the snapshot is taken. When this
     * fails part way, the next poll starts where this one started.
     */
    void run(Connection connection, BooleanSupplier wanted) {
        String now = snapshot(connection);
        if (wanted.getAsBoolean()) {
            String last = Objects.requireNonNull(seen, "begin was not called");
            findChanges(connection, anew ? rewound(last, now) : last);
        }
        seen = now;
        anew = false;
        dueAt = System.nanoTime() + every.toNanos();
    }

    private void findChanges(Connection connection, String since) {
        var place = new Place(Long.toString(xmin(since) - 1), new UUID(0, 0));
        List<Row> page;
        do {
            page = client(connection).sql(CHANGED).params(place.changedIn(), place.id(), since).query(Row::of).list();
            for (Row row : page) {
                found.accept(row.hint());
                place = row.place();
            }
        } while (page.size() == PAGE);
    }

    private static String snapshot(Connection connection) {
        return client(connection).sql("SELECT pg_current_snapshot()::text").query(String.class).single();
    }

    private static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private static String rewound(String last, String now) {
        long from = Math.max(1, Math.min(xmin(last), xmin(now)) - IDS_USED_AGAIN);
        return from + ":" + from + ":";
    }

    private static long xmin(String snapshot) {
        return Long.parseLong(snapshot.substring(0, snapshot.indexOf(':')));
    }
}
