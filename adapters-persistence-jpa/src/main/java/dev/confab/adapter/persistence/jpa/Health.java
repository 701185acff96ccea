package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.jpa.database.Connections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The health of the store.
 *
 * @param serverVersion the version that PostgreSQL reports; empty when it does not answer
 * @param failure why it does not answer; empty when it does
 */
public record Health(Optional<String> serverVersion, Optional<String> failure, PoolUse writes, PoolUse reads) {

    /** Asks the server over a connection for reads, so it waits no longer than a read. */
    static Health of(Connections connections) {
        PoolUse writes = PoolUse.of(connections.writes());
        PoolUse reads = PoolUse.of(connections.reads());
        try (Connection connection = connections.reads().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW server_version")) {
            answer.next();
            return new Health(Optional.of(answer.getString(1)), Optional.empty(), writes, reads);
        } catch (SQLException e) {
            return new Health(Optional.empty(), Optional.of("the database does not answer: " + e.getMessage()), writes,
                    reads);
        }
    }
}
