package dev.confab.adapter.persistence.jpa.erasure;

import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads and raises the fences of erasures. The creations check them: see {@link dev.confab.adapter.persistence.jpa.commit}. */
public record OwnerFenceRows(WriterThreads threads) {
    private static final String TOKEN = "SELECT number FROM erased_owner WHERE digest = owner_digest(?)";
    private static final String RAISE = "SELECT fence_owner(?)";
    /** Rows that another erasure is deleting are skipped, so that two erasures do not wait for each other. */
    private static final String FORGET = """
            DELETE FROM erased_owner WHERE digest IN (SELECT digest FROM erased_owner
                WHERE erased_at < clock_timestamp() - interval '7 days' LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    /** For a request of the owner that begins now. */
    public FencingToken token(OwnerId owner) {
        return new FencingToken(owner, threads.onConnection(connection -> number(connection, TOKEN, owner)));
    }

    /**
     * Refuses from now on creations with the owner's earlier tokens; what these have created is committed and can be read.
     *
     * @return the highest life of the conversations that were created before. An erasure stops there: otherwise it would not end while
     *     clients of the owner create conversations
     */
    public long raise(OwnerId owner) {
        return threads.onConnection(connection -> {
            long last = number(connection, RAISE, owner);
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.executeUpdate();
            }
            return last;
        });
    }

    private static long number(Connection connection, String sql, OwnerId owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, owner.value());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
