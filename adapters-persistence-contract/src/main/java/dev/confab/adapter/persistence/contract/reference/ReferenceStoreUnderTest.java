package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** A {@link ReferenceStore}, or a mutant of it, as a store under test. */
public final class ReferenceStoreUnderTest implements StoreUnderTest {
    private final BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker;
    private final BiFunction<ReferenceStorage, Integer, ? extends ApiKeyStore> keyMaker;
    private final BiFunction<ReferenceStorage, Integer, ? extends WebhookStore> webhookMaker;
    private final BiFunction<ReferenceStorage, Integer, ? extends ImportJobStore> jobMaker;
    private final ReferenceStorage storage;
    private final Duration lockTimeout;
    private volatile ReferenceStore current;
    private final ConcurrentMap<Integer, ApiKeyStore> keys = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, WebhookStore> webhooks = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, ImportJobStore> importJobs = new ConcurrentHashMap<>();

    private ReferenceStoreUnderTest(BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker,
            BiFunction<ReferenceStorage, Integer, ? extends ApiKeyStore> keyMaker,
            BiFunction<ReferenceStorage, Integer, ? extends WebhookStore> webhookMaker,
            BiFunction<ReferenceStorage, Integer, ? extends ImportJobStore> jobMaker, ReferenceStorage storage,
            Duration lockTimeout) {
        this.maker = maker;
        this.keyMaker = keyMaker;
        this.webhookMaker = webhookMaker;
        this.jobMaker = jobMaker;
        this.storage = storage;
        this.lockTimeout = lockTimeout;
        this.current = maker.apply(storage, lockTimeout);
    }

    /** Opens stores, each on its own storage. */
    public static StoreFactory factory(BiFunction<ReferenceStorage, Duration, ? extends ReferenceStore> maker) {
        return lockTimeout -> new ReferenceStoreUnderTest(maker, ReferenceApiKeyStore::new, ReferenceWebhookStore::new,
                ReferenceImportJobStore::new, new ReferenceStorage(), lockTimeout);
    }

    /** The same with another store of API keys, which is made for a storage and a limit. */
    public static StoreFactory factoryOfKeys(BiFunction<ReferenceStorage, Integer, ? extends ApiKeyStore> keyMaker) {
        return lockTimeout -> new ReferenceStoreUnderTest(ReferenceStore::new, keyMaker, ReferenceWebhookStore::new,
                ReferenceImportJobStore::new, new ReferenceStorage(), lockTimeout);
    }

    /** The same with another store of webhooks, which is made for a storage and a limit. */
    public static StoreFactory factoryOfWebhooks(
            BiFunction<ReferenceStorage, Integer, ? extends WebhookStore> webhookMaker) {
        return lockTimeout -> new ReferenceStoreUnderTest(ReferenceStore::new, ReferenceApiKeyStore::new, webhookMaker,
                ReferenceImportJobStore::new, new ReferenceStorage(), lockTimeout);
    }

    /** The same with another store of import jobs, which is made for a storage and a limit. */
    public static StoreFactory factoryOfImportJobs(
            BiFunction<ReferenceStorage, Integer, ? extends ImportJobStore> jobMaker) {
        return lockTimeout -> new ReferenceStoreUnderTest(ReferenceStore::new, ReferenceApiKeyStore::new,
                ReferenceWebhookStore::new, jobMaker, new ReferenceStorage(), lockTimeout);
    }

    @Override
    public ConversationStore store() {
        return current;
    }

    @Override
    public ConversationReader reader() {
        return current;
    }

    @Override
    public SessionReader sessions() {
        return current;
    }

    @Override
    public StoredConversations stored() {
        return current.stored();
    }

    @Override
    public ChangeFeed feed() {
        return current;
    }

    @Override
    public OwnerEraser eraser() {
        return current;
    }

    @Override
    public UsageReader usages() {
        return current;
    }

    @Override
    public ApiKeyStore keys(int limit) {
        return keys.computeIfAbsent(limit, _ -> keyMaker.apply(storage, limit));
    }

    @Override
    public WebhookStore webhooks(int limit) {
        return webhooks.computeIfAbsent(limit, _ -> webhookMaker.apply(storage, limit));
    }

    @Override
    public ImportJobStore importJobs(int limit) {
        return importJobs.computeIfAbsent(limit, _ -> jobMaker.apply(storage, limit));
    }

    @Override
    public StoreUnderTest another() {
        return new ReferenceStoreUnderTest(maker, keyMaker, webhookMaker, jobMaker, storage, lockTimeout);
    }

    @Override
    public void reopen() {
        current = maker.apply(storage, lockTimeout);
        keys.clear();
        webhooks.clear();
        importJobs.clear();
    }

    @Override
    public void crash() {
        reopen();
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(storage);
    }

    @Override
    public void close() {
        // nothing to close in memory
    }
}
