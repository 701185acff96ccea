package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.jpa.database.ConnectionSettings;
import java.time.Duration;

/**
 * How a store on PostgreSQL runs. Reads and writes have connections of their own, so that no reader waits for writers.
 *
 * @param url {@code jdbc:postgresql:…}
 * @param username empty to take the URL's
 * @param password empty to take the URL's
 * @param writeConnections commits that can be under way at once
 * @param readConnections reads that can be under way at once
 * @param lockTimeout how long a work waits for its conversation, here and in the database
 * @param statementTimeout how long any one statement may take; the socket's time-out is a second more
 * @param rememberedHeads how many heads are kept in memory, so that a commit need not read first
 * @param notifyEvery commits made within this time share one notification of the other instances
 * @param pollEvery how often changes are looked for that no notification told of
 */
public record JpaStoreSettings(String url, String username, String password, int writeConnections, int readConnections,
        Duration lockTimeout, Duration statementTimeout, int rememberedHeads, Duration notifyEvery,
        Duration pollEvery) {

    public static JpaStoreSettings of(String url, String username, String password) {
        return new JpaStoreSettings(url, username, password, 16, 6, Duration.ofSeconds(3), Duration.ofSeconds(5),
                100_000, Duration.ofMillis(5), Duration.ofSeconds(1));
    }

    /** Without the password, and without the URL, which may hold one. */
    @Override
    public String toString() {
        return "JpaStoreSettings[username=" + username + "]";
    }

    /** The part that concerns connections. */
    public ConnectionSettings connection() {
        return new ConnectionSettings(url, username, password, writeConnections, readConnections, lockTimeout,
                statementTimeout);
    }

    /** The same with another time to wait for a conversation. */
    public JpaStoreSettings withLockTimeout(Duration timeout) {
        return new JpaStoreSettings(url, username, password, writeConnections, readConnections, timeout,
                statementTimeout, rememberedHeads, notifyEvery, pollEvery);
    }
}
