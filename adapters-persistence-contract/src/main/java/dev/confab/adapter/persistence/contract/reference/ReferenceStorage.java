package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.work.Change;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The storage of a {@link ReferenceStore} and a {@link ReferenceApiKeyStore}. It outlives the store, so a test can crash one store and
 * open another on the same storage. It can be made to fail.
 */
public final class ReferenceStorage implements Faults {
    private final ConcurrentMap<ConversationId, ReferenceConversation> states = new ConcurrentHashMap<>();
    private final ConcurrentMap<ConversationId, Long> revisions = new ConcurrentHashMap<>();
    private final ConcurrentMap<ConversationId, Lock> locks = new ConcurrentHashMap<>();
    /** Replaced as a whole by each change, under the lock of this object. */
    private volatile NavigableMap<ApiKeyId, ApiKey> keys = new TreeMap<>();
    /** As the keys. */
    private volatile NavigableMap<WebhookId, StoredWebhook> webhooks = new TreeMap<>();
    /** As the keys. */
    private volatile NavigableMap<ImportJobId, StoredImportJob> importJobs = new TreeMap<>();
    /** The number of each owner's last erasure. */
    private final ConcurrentMap<OwnerId, Long> erasures = new ConcurrentHashMap<>();
    private final AtomicLong lastErasure = new AtomicLong();
    /** A creation holds it for reading from its check of the fence to its write, an erasure for writing while it raises the fence. */
    private final ReadWriteLock fences = new ReentrantReadWriteLock();
    private final List<ChangeFeed.Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Failure>> nextFailure = new AtomicReference<>(Optional.empty());

    @Override
    public void failNextCommit(Failure failure) {
        nextFailure.set(Optional.of(failure));
    }

    Optional<ReferenceConversation> read(ConversationId id) {
        return Optional.ofNullable(states.get(id));
    }

    Stream<ReferenceConversation> readAll() {
        return states.values().stream();
    }

    /** Replaces the state of the conversation; removes it if the new state is empty. */
    public void write(ConversationId id, Optional<ReferenceConversation> state) {
        failing(() -> {
            state.ifPresentOrElse(present -> states.put(id, present), () -> states.remove(id));
            revisions.merge(id, 1L, Long::sum);
        });
    }

    /** Runs the write, and fails if a test has asked for it. */
    private void failing(Runnable write) {
        Optional<Failure> failure = nextFailure.getAndSet(Optional.empty());
        if (failure.equals(Optional.of(Failure.REFUSED))) {
            throw new StorageUnavailable("the test made the storage refuse this commit");
        }
        write.run();
        if (failure.equals(Optional.of(Failure.UNKNOWN))) {
            throw new CommitOutcomeUnknown("the test made the storage hide the outcome of this commit");
        }
    }

    /** All API keys, in the order of their ids. */
    public NavigableMap<ApiKeyId, ApiKey> keys() {
        return Collections.unmodifiableNavigableMap(keys);
    }

    /** Runs the change on a copy of the API keys, and then stores that copy. Returns the change's result. */
    public synchronized int changeKeys(ToIntFunction<NavigableMap<ApiKeyId, ApiKey>> change) {
        var next = new TreeMap<>(keys);
        int result = change.applyAsInt(next);
        failing(() -> keys = next);
        return result;
    }

    /** All webhooks, in the order of their ids. */
    public NavigableMap<WebhookId, StoredWebhook> webhooks() {
        return Collections.unmodifiableNavigableMap(webhooks);
    }

    /** Runs the change on a copy of the webhooks, and then stores that copy. Returns the change's result. */
    public synchronized <R> R changeWebhooks(Function<NavigableMap<WebhookId, StoredWebhook>, R> change) {
        var next = new TreeMap<>(webhooks);
        R result = change.apply(next);
        failing(() -> webhooks = next);
        return result;
    }

    /** All import jobs, in the order of their ids. */
    public NavigableMap<ImportJobId, StoredImportJob> importJobs() {
        return Collections.unmodifiableNavigableMap(importJobs);
    }

    /** Runs the change on a copy of the import jobs, and then stores that copy. Returns the change's result. */
    public synchronized <R> R changeImportJobs(Function<NavigableMap<ImportJobId, StoredImportJob>, R> change) {
        var next = new TreeMap<>(importJobs);
        R result = change.apply(next);
        failing(() -> importJobs = next);
        return result;
    }

    /** The same for a creation that is refused if the owner was erased after the token was taken. */
    public <R> R changeImportJobs(FencingToken token, Function<NavigableMap<ImportJobId, StoredImportJob>, R> change) {
        var result = new AtomicReference<R>();
        unlessErased(token, () -> result.set(changeImportJobs(change)));
        return result.get();
    }

    public FencingToken token(OwnerId owner) {
        return new FencingToken(owner, erasures.getOrDefault(owner, 0L));
    }

    /** Refuses from now on creations with the owner's earlier tokens; what these have created can be read. */
    public void fence(OwnerId owner) {
        fences.writeLock().lock();
        try {
            erasures.put(owner, lastErasure.incrementAndGet());
        } finally {
            fences.writeLock().unlock();
        }
    }

    /** Runs the write, unless the owner was erased after the token was taken. */
    void unlessErased(FencingToken token, Runnable write) {
        fences.readLock().lock();
        try {
            if (token(token.owner()).number() > token.number()) {
                throw new OwnerErased(token.owner());
            }
            write.run();
        } finally {
            fences.readLock().unlock();
        }
    }

    Lock lockOf(ConversationId id) {
        return locks.computeIfAbsent(id, any -> new ReentrantLock(true));
    }

    void report(Change change) {
        OwnerId owner = change.after().or(change::before).orElseThrow().owner();
        var hint = new ChangeFeed.Hint(change.id(), owner, revisions.getOrDefault(change.id(), 0L));
        listeners.forEach(listener -> listener.changed(hint));
    }

    ChangeFeed.Subscription subscribe(ChangeFeed.Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
