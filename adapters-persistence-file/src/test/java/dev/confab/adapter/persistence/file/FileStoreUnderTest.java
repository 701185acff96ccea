package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.file.key.FileApiKeyStore;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;

/** A {@link FileStore} for the suite; subclasses say on which disk. One process at a time uses a directory, so another store is the same, reopened. */
abstract class FileStoreUnderTest implements StoreUnderTest {
    private volatile FileStore store;
    private boolean closed;

    /** @param store opened as {@link #open} does */
    FileStoreUnderTest(FileStore store) {
        this.store = store;
    }

    /** Opens a store on what is on the disk. */
    abstract FileStore open();

    /** Changes the disk as a crash of the machine does. */
    abstract void crashDisk();

    @Override
    public final FileStore store() {
        return store;
    }

    @Override
    public final ConversationReader reader() {
        return store.reader();
    }

    @Override
    public final SessionReader sessions() {
        return store.sessions();
    }

    @Override
    public final StoredConversations stored() {
        return store.stored();
    }

    @Override
    public final ChangeFeed feed() {
        return store.feed();
    }

    @Override
    public final FileStore eraser() {
        return store;
    }

    @Override
    public final UsageReader usages() {
        return store.usages();
    }

    @Override
    public final ApiKeyStore keys(int limit) {
        return new FileApiKeyStore(store.keys().stored(), limit);
    }

    @Override
    public final WebhookStore webhooks(int limit) {
        return store.webhooks(limit);
    }

    @Override
    public final ImportJobStore importJobs(int limit) {
        return store.importJobs(limit);
    }

    @Override
    public final StoreUnderTest another() {
        reopen();
        return this;
    }

    @Override
    public final void reopen() {
        store.close();
        store = open();
    }

    @Override
    public final void crash() {
        crashDisk();
        store.abandon();
        store = open();
    }

    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            store.close();
            deleteFiles();
        }
    }

    /** Deletes what the closed store has left. */
    abstract void deleteFiles();
}
