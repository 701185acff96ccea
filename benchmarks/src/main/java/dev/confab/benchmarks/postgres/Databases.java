package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The contenders' databases, all on the one server for tests, which refuses to start unless commits are durable. */
final class Databases {
    /** As many as the store's write pool has by default. */
    static final int CONNECTIONS = 16;

    private Databases() {
    }

    /** A connection pool that opens at its first use. */
    static HikariDataSource pool(Database database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        return pool;
    }

    /** Runs each statement on a new connection. */
    static JdbcClient client(Database database) {
        return JdbcClient.create(
                new DriverManagerDataSource(database.url(), database.username(), database.password()));
    }

    /** Prints the server's settings that decide how long a commit takes. */
    static void printSettings() {
        System.out.println(Stream
                .of("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method",
                        "shared_buffers", "max_wal_size")
                .map(name -> name + "=" + TestPostgres.shared().ask("SHOW " + name))
                .collect(Collectors.joining(", ")));
    }

    /** Ends all connections to a database, whatever they are executing. */
    static void cut(Database database) {
        TestPostgres.shared().ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "'");
    }
}
