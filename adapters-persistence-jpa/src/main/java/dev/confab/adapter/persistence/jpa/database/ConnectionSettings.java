package dev.confab.adapter.persistence.jpa.database;

import java.time.Duration;

/**
 * How the store connects to PostgreSQL.
 *
 * @param url {@code jdbc:postgresql:…}
 * @param username empty to take the URL's
 * @param password empty to take the URL's
 * @param writeConnections size of the pool for writes
 * @param readConnections size of the pool for reads
 * @param lockTimeout how long a statement waits for a lock, and a caller for a connection
 * @param statementTimeout how long any one statement may take; the socket's time-out is a second more
 */
public record ConnectionSettings(String url, String username, String password, int writeConnections,
        int readConnections, Duration lockTimeout, Duration statementTimeout) {

    /** Without the password, and without the URL, which may contain one. */
    @Override
    public String toString() {
        return "ConnectionSettings[username=" + username + "]";
    }
}
