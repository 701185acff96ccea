package dev.confab.testsupport.postgres.server;

/** A server that was running before the tests and keeps running after them. */
record ExistingServer(Login login) implements PostgresServer {
    @Override
    public void restartImmediately() {
        throw new UnsupportedOperationException("the tests cannot restart a server that they did not start");
    }

    @Override
    public void close() {
    }
}
