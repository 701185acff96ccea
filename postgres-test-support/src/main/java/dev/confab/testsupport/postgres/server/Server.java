package dev.confab.testsupport.postgres.server;

/** A running PostgreSQL server, however it was started. */
public interface Server extends AutoCloseable {
    /** What kind of server it is, for the log: "embedded", "container of postgres:15", … */
    String kind();

    /** Where it listens, and how a superuser logs in. */
    Login login();

    /**
     * Does what {@code pg_ctl restart -m immediate} does: every backend dies without a checkpoint, and the server recovers from its log. Same data, same port.
     *
     * @throws UnsupportedOperationException if the tests did not start this server
     */
    void restartImmediately();

    /** Stops it and removes its data, if we started it. */
    @Override
    void close();
}
