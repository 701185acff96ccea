package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two connection pools, so that readers never wait for writers. After an outage Hikari drops the broken connections
 * and opens new ones.
 *
 * @param writes READ COMMITTED, each statement a transaction of its own unless a caller turns autocommit off
 * @param reads REPEATABLE READ and read only: all statements of a read see one moment
 */
public record Connections(HikariDataSource writes, HikariDataSource reads) implements AutoCloseable {
    /** The minimum that Hikari accepts. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

    public static Connections open(JpaStoreSettings settings) {
        HikariConfig writes = pool("confab-writes", settings, settings.writeConnections());
        writes.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        HikariConfig reads = pool("confab-reads", settings, settings.readConnections());
        reads.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        reads.setReadOnly(true);
        reads.setAutoCommit(false);
        var writePool = new HikariDataSource(writes);
        try {
            return new Connections(writePool, new HikariDataSource(reads));
        } catch (RuntimeException e) {
            writePool.close();
            throw e;
        }
    }

    /** Opens single connections without our time-outs, for migrations, which may take long. */
    public static DataSource unpooled(JpaStoreSettings settings) {
        return source(settings, Map.of());
    }

    /** Opens single connections with our time-outs: the change feed must notice that its connection is dead. */
    public static DataSource ofFeed(JpaStoreSettings settings) {
        var more = new EnumMap<>(timeouts(settings));
        more.put(PGProperty.APPLICATION_NAME, "confab-feed");
        return source(settings, more);
    }

    private static HikariConfig pool(String name, JpaStoreSettings settings, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source(settings, timeouts(settings)));
        config.setMaximumPoolSize(size);
        long wait = Math.max(settings.lockTimeout().toMillis(), SHORTEST_WAIT.toMillis());
        config.setConnectionTimeout(wait);
        config.setValidationTimeout(Math.min(wait, 1_000));
        config.setInitializationFailTimeout(wait);
        return config;
    }

    private static Map<PGProperty, String> timeouts(JpaStoreSettings settings) {
        long statement = settings.statementTimeout().toMillis();
        String options = "-c lock_timeout=%d -c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"
                .formatted(settings.lockTimeout().toMillis(), statement, 2 * statement);
        return Map.of(PGProperty.SOCKET_TIMEOUT, seconds(settings.statementTimeout().plusSeconds(1)),
                PGProperty.OPTIONS, options);
    }

    /**
     * Parameters of the URL override ours. Options are concatenated; of two values for the same option the server
     * takes the later one.
     */
    private static DataSource source(JpaStoreSettings settings, Map<PGProperty, String> more) {
        Properties inUrl = inUrl(settings);
        var ours = new EnumMap<PGProperty, String>(PGProperty.class);
        ours.put(PGProperty.APPLICATION_NAME, "confab");
        ours.put(PGProperty.CONNECT_TIMEOUT, seconds(settings.lockTimeout()));
        ours.put(PGProperty.TCP_KEEP_ALIVE, "true");
        ours.putAll(more);
        ours.computeIfPresent(PGProperty.OPTIONS,
                (property, options) -> options + " " + inUrl.getProperty(property.getName(), ""));
        var source = new PGSimpleDataSource();
        // Not setUrl: it sets each of the driver's properties. The URL of a connection would then have thousands of characters, in
        // which Flyway searches with regular expressions for a third of a second.
        Stream.of(PGProperty.values()).filter(property -> inUrl.containsKey(property.getName()))
                .forEach(property -> source.setProperty(property, inUrl.getProperty(property.getName())));
        ours.forEach((property, value) -> {
            if (property == PGProperty.OPTIONS || !inUrl.containsKey(property.getName())) {
                source.setProperty(property, value);
            }
        });
        if (!settings.username().isEmpty()) {
            source.setUser(settings.username());
        }
        if (!settings.password().isEmpty()) {
            source.setPassword(settings.password());
        }
        return source;
    }

    /** The error does not quote the URL, which may contain a password. */
    private static Properties inUrl(JpaStoreSettings settings) {
        Properties inUrl = Driver.parseURL(settings.url(), new Properties());
        if (inUrl == null) {
            throw new DatabaseCannotServe(
                    "The database's URL does not look like jdbc:postgresql://host:port/database.");
        }
        return inUrl;
    }

    /** {@code host:port/database}, with all hosts, to be shown to people. */
    public static String address(JpaStoreSettings settings) {
        inUrl(settings);
        var source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        String[] hosts = source.getServerNames();
        int[] ports = source.getPortNumbers();
        return IntStream.range(0, hosts.length).mapToObj(i -> hosts[i] + ":" + ports[i])
                .collect(Collectors.joining(",", "", "/" + source.getDatabaseName()));
    }

    /** The driver takes whole seconds. Rounded up, because 0 means no time-out. */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    @Override
    public void close() {
        try (reads; writes) {
            // Closes both, even if the first close throws.
        }
    }
}
