package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.lang.management.ManagementFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to every contender's database. */
final class Databases {
    /** As many as the store's two pools have by default together. */
    static final int CONNECTIONS = 16;
    private static final List<String> SHOWN = List.of("server_version", "fsync", "synchronous_commit",
            "full_page_writes", "wal_sync_method", "shared_buffers", "max_wal_size");

    private Databases() {
    }

    static HikariDataSource pool(Database database) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /**
     * The server's settings that say what a commit costs, in one line.
     *
     * @throws IllegalStateException a commit on this server would not survive the death of the machine
     */
    static String durableSettings() {
        var settings = new LinkedHashMap<String, String>();
        SHOWN.forEach(name -> settings.put(name, TestPostgres.shared().ask("SHOW " + name)));
        for (String name : List.of("fsync", "synchronous_commit")) {
            if (!"on".equals(settings.get(name))) {
                throw new IllegalStateException(name + " is " + settings.get(name) + ", so nothing here is durable");
            }
        }
        return settings.toString();
    }

    /**
     * How often each text is stored: the rows that the query gives, of a text and a number. On a connection of its own, since a
     * pool's may have been cut.
     */
    static Map<String, Long> copies(Database database, String query, Object conversation) throws SQLException {
        var copies = new LinkedHashMap<String, Long>();
        try (var connection = database.connect(); var statement = connection.prepareStatement(query)) {
            statement.setObject(1, conversation);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    copies.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return copies;
    }

    /** The machine's load average over the last minute: other work changes every figure. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Ends all connections to a database, in the middle of whatever they do. */
    static void cut(Database database) {
        TestPostgres.shared().ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "'");
    }
}
