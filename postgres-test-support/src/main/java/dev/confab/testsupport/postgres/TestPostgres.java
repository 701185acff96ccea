package dev.confab.testsupport.postgres;

import dev.confab.testsupport.postgres.server.Choice;
import dev.confab.testsupport.postgres.server.Login;
import dev.confab.testsupport.postgres.server.PostgresServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server of this JVM's tests. It starts at first use and stops when the JVM ends.
 *
 * <p>{@code -Dpostgres=embedded}, {@code testcontainers} or the JDBC URL of a superuser chooses the server; without it, the server is a container
 * if Docker has the image or can pull it, otherwise embedded. {@code -Dpostgres.image=} names the image, {@code postgres:18-alpine} by default.
 * The server runs with {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on, and allows 300 connections if this JVM started
 * it.
 */
public final class TestPostgres {
    private static final Logger LOG = System.getLogger(TestPostgres.class.getName());
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable TestPostgres shared;

    private final PostgresServer server;

    private TestPostgres(PostgresServer server) {
        this.server = server;
    }

    /**
     * The one server of this JVM.
     *
     * @throws RuntimeException if it cannot be started, or could lose committed data
     */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            Choice choice = Choice.ofSystemProperties();
            PostgresServer server = choice.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop PostgreSQL for tests"));
            shared = new TestPostgres(server);
            LOG.log(Level.INFO, "PostgreSQL for tests: {0}, version {1}, because {2}",
                    choice.getClass().getSimpleName(), shared.ask("SHOW server_version"), choice.reason());
        }
        return shared;
    }

    /** Creates an empty database; closing it drops it. */
    public Database newDatabase() {
        return create("");
    }

    /** Creates a database with what this one holds, to which nobody may be connected; closing it drops it. */
    public Database copyOf(Database template) {
        return create(" TEMPLATE " + template.name());
    }

    private Database create(String template) {
        String name = "confab_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        admin("CREATE DATABASE " + name + template);
        Login login = server.login();
        return new Database(name, login.url(name), login.username(), login.password());
    }

    /** Runs one statement as superuser, outside a transaction, on a new connection. */
    public void admin(String sql) {
        server.login().run(sql);
    }

    /** Like {@link #admin}; returns the first column of the first row as text. */
    public String ask(String sql) {
        return server.login().run(sql).orElseThrow(() -> new IllegalStateException(sql + ": no row"));
    }

    public String host() {
        return server.login().host();
    }

    /** The server's port, which {@link #restartImmediately} does not change. */
    public int port() {
        return server.login().port();
    }

    /** As {@link PostgresServer#restartImmediately}. Returns when the server answers again. */
    public void restartImmediately() {
        server.restartImmediately();
    }
}
