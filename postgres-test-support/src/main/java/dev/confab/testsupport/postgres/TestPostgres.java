package dev.confab.testsupport.postgres;

import dev.confab.testsupport.postgres.server.Choice;
import dev.confab.testsupport.postgres.server.Login;
import dev.confab.testsupport.postgres.server.Server;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server of this JVM's tests, started when first asked for and stopped when the JVM ends.
 *
 * <p>{@code -Dpostgres=embedded}, {@code testcontainers} or a JDBC URL of a superuser chooses it; if it is not set, it is a container if Docker
 * has the image or can pull it, otherwise embedded. {@code -Dpostgres.image=} names the image, {@code postgres:18-alpine} by default. It runs with {@code fsync},
 * {@code synchronous_commit} and {@code full_page_writes} on, and allows 300 connections if we started it.
 */
public final class TestPostgres {
    private static final Logger LOG = System.getLogger(TestPostgres.class.getName());
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable TestPostgres shared;

    private final Server server;
    private final String version;

    private TestPostgres(Server server, String reason) {
        this.server = server;
        this.version = server.login().ask("SHOW server_version");
        LOG.log(Level.INFO, "PostgreSQL for tests: {0}, version {1}, because {2}", server.kind(), version, reason);
    }

    /**
     * The one server of this JVM.
     *
     * @throws RuntimeException if it cannot be started, or may lose what it says is committed
     */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = start(Choice.ofSystemProperties());
        }
        return shared;
    }

    private static TestPostgres start(Choice choice) {
        Server server = choice.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop PostgreSQL for tests"));
        return new TestPostgres(server, choice.reason());
    }

    /** A new, empty database; closing it drops it. */
    public Database newDatabase() {
        String name = "confab_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        admin("CREATE DATABASE " + name);
        Login login = server.login();
        return new Database(name, login.url(name), login.username(), login.password());
    }

    /** Runs one statement as superuser, outside a transaction, on a connection of its own. */
    public void admin(String sql) {
        server.login().execute(sql);
    }

    /** The result of {@code sql} as superuser: the first column of its first row, as text. */
    public String ask(String sql) {
        return server.login().ask(sql);
    }

    /** The server's version, such as {@code 18.6}. */
    public String version() {
        return version;
    }

    /** The server's host, for a {@link TcpProxy}. */
    public String host() {
        return server.login().host();
    }

    /** The server's port; it keeps it over {@link #restartImmediately}. */
    public int port() {
        return server.login().port();
    }

    /**
     * Does what {@code pg_ctl restart -m immediate} does: every connection breaks, nothing is checkpointed, and the server recovers from its log. Returns when it answers again, on the same data and port.
     *
     * @throws UnsupportedOperationException if the tests did not start the server
     */
    public void restartImmediately() {
        server.restartImmediately();
    }
}
