package dev.confab.bootstrap.campaign;

import java.util.List;

/** One of several servers over one database: a process, and when that is killed the next. */
final class Instance implements AutoCloseable {
    private final List<String> settings;
    private ServerProcess server;

    private Instance(List<String> settings) {
        this.settings = settings;
        this.server = ServerProcess.launch(settings);
    }

    /** Returns at once; {@link #server} waits until it serves. */
    static Instance launch(List<String> settings) {
        return new Instance(settings);
    }

    /** The process that serves now; waits for one that is being started. */
    synchronized ServerProcess server() {
        return server;
    }

    synchronized void awaitServing() {
        server.awaitServing();
    }

    /** {@code kill -9}, and a new process; returns when that serves. */
    void killAndRestart() {
        // Not synchronized: requests are under way when it dies.
        server().kill();
        synchronized (this) {
            server = ServerProcess.launch(settings);
            server.awaitServing();
        }
    }

    @Override
    public synchronized void close() {
        server.close();
    }
}
