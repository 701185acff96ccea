package dev.confab.testsupport.postgres.server;

/** A running PostgreSQL server, however it was started. */
public interface PostgresServer extends AutoCloseable {
    /** Its address and a superuser. */
    Login login();

    /**
     * Does what {@code pg_ctl restart -m immediate} does: every connection breaks, nothing is checkpointed, and the server recovers from its log
     * on the same data and port.
     *
     * @throws UnsupportedOperationException if the tests did not start this server
     */
    void restartImmediately();

    /** Stops the server and removes its data, if the tests started it. */
    @Override
    void close();
}
