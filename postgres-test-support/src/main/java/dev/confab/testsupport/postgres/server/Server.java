package dev.confab.testsupport.postgres;

/** A running PostgreSQL server, however it was started. */
interface Server extends AutoCloseable {
    /** What it is, for the log: "embedded", "container of postgres:15", … */
    String kind();

    /** Where it listens, and how a superuser logs in. */
    Login login();

    /**
     * Does what {@code pg_ctl restart -m immediate} does: every backend dies without a checkpoint, and the server recovers from its log. Same data, same port.
     *
     * @throws UnsupportedOperationException if this server is not ours to restart
     */
    void restartImmediately();

    /** Stops it and removes its data, if we started it. */
    @Override
    void close();
}
