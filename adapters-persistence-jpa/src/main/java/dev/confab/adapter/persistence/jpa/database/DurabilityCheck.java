package dev.confab.adapter.persistence.jpa.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Rejects a server that may lose acknowledged commits (S2). It needs no table, so it runs first, and it is also what
 * reports that the database cannot be reached.
 */
public final class DurabilityCheck {
    private static final int OLDEST_SERVER = 15;
    private static final String SETTINGS = """
            SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('server_encoding') AS encoding""";

    private DurabilityCheck() {
    }

    public static void check(DataSource source) {
        try (Connection connection = source.getConnection()) {
            checkServer(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet settings = statement.executeQuery(SETTINGS)) {
                settings.next();
                refuseOff(settings, "fsync");
                refuseOff(settings, "full_page_writes");
                refuseOff(settings, "synchronous_commit");
                String encoding = settings.getString("encoding");
                if (!encoding.equals("UTF8")) {
                    throw new DatabaseCannotServe("The database's encoding is " + encoding
                            + ", which cannot store every text: create the database with ENCODING 'UTF8'.");
                }
            }
        } catch (SQLException e) {
            throw cannotConnect(e);
        }
    }

    private static void checkServer(Connection connection) throws SQLException {
        var server = connection.getMetaData();
        String product = server.getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            throw new DatabaseCannotServe("The database is " + product + ": Confab needs PostgreSQL.");
        }
        if (server.getDatabaseMajorVersion() < OLDEST_SERVER) {
            throw new DatabaseCannotServe("The database is PostgreSQL " + server.getDatabaseProductVersion()
                    + ": Confab needs " + OLDEST_SERVER + " or newer.");
        }
    }

    private static void refuseOff(ResultSet settings, String name) throws SQLException {
        if (settings.getString(name).equals("off")) {
            throw new DatabaseCannotServe("The database runs with " + name
                    + " off, so a crash may lose acknowledged commits: set " + name + " to on.");
        }
    }

    private static DatabaseCannotServe cannotConnect(SQLException e) {
        String advice = switch (Objects.requireNonNullElse(e.getSQLState(), "")) {
            case "28P01", "28000" -> "check username and password";
            case "3D000" -> "create the database, or correct its name in the URL";
            default -> "check that it runs and that the URL names it";
        };
        return new DatabaseCannotServe("The database cannot be reached (" + e.getMessage() + "): " + advice + ".", e);
    }
}
