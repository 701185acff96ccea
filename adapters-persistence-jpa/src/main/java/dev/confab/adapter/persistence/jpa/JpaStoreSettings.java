package dev.confab.adapter.persistence.jpa;

import java.time.Duration;

/**
 * The settings of a store on PostgreSQL.
 *
 * @param url {@code jdbc:postgresql:…}
 * @param username empty to take the URL's
 * @param password empty to take the URL's
 * @param writeConnections how many commits can run at the same time
 * @param readConnections how many reads can run at the same time
 * @param lockTimeout how long a transaction waits for its conversation, here and in the database; also how long any
 *     call waits for a connection
 * @param statementTimeout how long any one statement may take; the socket's time-out is a second more
 * @param rememberedHeads how many heads are kept in memory, so that a commit need not read the head first
 * @param notifyEvery commits within this time share one notification to the other instances
 * @param pollEvery how often the store looks for changes whose notification was lost
 */
public record JpaStoreSettings(String url, String username, String password, int writeConnections, int readConnections,
        Duration lockTimeout, Duration statementTimeout, int rememberedHeads, Duration notifyEvery,
        Duration pollEvery) {

    public static JpaStoreSettings of(String url, String username, String password) {
        return new JpaStoreSettings(url, username, password, 16, 6, Duration.ofSeconds(3), Duration.ofSeconds(5),
                100_000, Duration.ofMillis(5), Duration.ofSeconds(1));
    }

    /** Without the password, and without the URL, which may contain one. */
    @Override
    public String toString() {
        return "JpaStoreSettings[username=" + username + "]";
    }
}
