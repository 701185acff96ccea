package dev.confab.testsupport.postgres.server;

/** A server that ran before the tests and is left running. */
record ExistingServer(Login login) implements Server {
    @Override
    public String kind() {
        return login.host() + ":" + login.port();
    }

    @Override
    public void restartImmediately() {
        throw new UnsupportedOperationException(
                "the tests did not start " + kind() + ", so they do not restart it");
    }

    @Override
    public void close() {
    }
}
