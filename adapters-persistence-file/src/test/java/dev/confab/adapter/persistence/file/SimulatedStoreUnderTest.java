package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.key.FileApiKeyStore;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link FileStore} on a {@link SimulatedDisk}, with checkpoints so early that most tests meet one. */
final class SimulatedStoreUnderTest implements StoreUnderTest, Faults {
    private static final AtomicLong SEEDS = new AtomicLong();

    private final FileStoreSettings settings;
    private volatile SimulatedDisk disk = new SimulatedDisk(SEEDS.incrementAndGet());
    private volatile FileStore store;
    private boolean closed;

    SimulatedStoreUnderTest(Duration lockTimeout) {
        settings = new FileStoreSettings(Path.of("/data"), lockTimeout, 256 << 10, Duration.ofMillis(20), 1 << 20,
                false);
        store = open();
    }

    private FileStore open() {
        return FileStore.open(settings, new FileStoreObserver() {
        }, disk);
    }

    @Override
    public ConversationStore store() {
        return store;
    }

    @Override
    public ConversationReader reader() {
        return store.reader();
    }

    @Override
    public SessionReader sessions() {
        return store.sessions();
    }

    @Override
    public StoredConversations stored() {
        return store.stored();
    }

    @Override
    public ChangeFeed feed() {
        return store.feed();
    }

    @Override
    public OwnerEraser eraser() {
        return store;
    }

    @Override
    public UsageReader usages() {
        return store.usages();
    }

    @Override
    public ApiKeyStore keys(int limit) {
        return new FileApiKeyStore(store.keys().stored(), limit);
    }

    @Override
    public WebhookStore webhooks(int limit) {
        return store.webhooks(limit);
    }

    @Override
    public StoreUnderTest another() {
        reopen();
        return this;
    }

    @Override
    public void reopen() {
        store.close();
        store = open();
    }

    @Override
    public void crash() {
        disk = disk.crash(SEEDS.incrementAndGet());
        store.abandon();
        store = open();
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(this);
    }

    @Override
    public void failNextCommit(Failure failure) {
        switch (failure) {
            case REFUSED -> disk.failNextCommitWrite();
            case UNKNOWN -> disk.failNextCommitForce();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            store.close();
        }
    }
}
