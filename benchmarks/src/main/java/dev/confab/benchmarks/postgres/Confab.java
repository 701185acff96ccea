package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.JpaStoreObserver;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.domain.port.ConversationStore;
import dev.confab.testsupport.postgres.Database;

/** Confab's store as a server with the usual settings opens it: 10 connections that write and 6 that read. */
interface Confab extends ConversationStore, AutoCloseable {

    static Confab open(Database database, JpaStoreObserver observer) {
        JpaStoreSettings settings = JpaStoreSettings.of(database.url(), database.username(), database.password());
        throw new UnsupportedOperationException("no store yet for " + settings.url() + " and " + observer);
    }

    @Override
    void close();
}
