package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.testsupport.postgres.Database;

/** Confab's store, but for the number of connections as a server with the usual settings opens it. */
final class Confab {
    /** The usual number of connections that write; 6 more read. */
    static final int WRITE_CONNECTIONS = 10;

    private Confab() {
    }

    static JpaStore open(Database database, int writeConnections, WriteObserver observer) {
        return JpaStore.open(settings(database, writeConnections), observer);
    }

    private static JpaStoreSettings settings(Database database, int writeConnections) {
        var usual = JpaStoreSettings.of(database.url(), database.username(), database.password());
        return new JpaStoreSettings(usual.url(), usual.username(), usual.password(), writeConnections,
                usual.readConnections(), usual.lockTimeout(), usual.statementTimeout(), usual.rememberedHeads(),
                usual.notifyEvery(), usual.pollEvery());
    }
}
