package dev.confab.adapter.persistence.file.key;

import dev.confab.adapter.persistence.file.disk.ChangeThread;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All API keys in memory, and the changes of the file that has them.
 *
 * <p>Why it is right: one thread makes all changes, each on the result of the one before, and publishes a change only when it is durable. A
 * use changes one entry in memory, atomically and only if it is there; so it cannot bring a removed key back, and a change that is
 * published keeps the later use.
 */
public final class StoredApiKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredApiKeys.class);

    private final Disk disk;
    private final Layout layout;
    private final DirectoryLock lock;
    private final HealthMonitor health;
    private final ConcurrentSkipListMap<ApiKeyId, ApiKey> keys = new ConcurrentSkipListMap<>();
    private final AtomicBoolean usesToWrite = new AtomicBoolean();
    private final ChangeThread thread;

    /** Reads the keys of the directory. {@code timeLimit} is for a change, from its call to its end. */
    public StoredApiKeys(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, Duration timeLimit)
            throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.lock = lock;
        this.health = health;
        this.thread = new ChangeThread("confab-keys", "API keys", timeLimit);
        new ApiKeyFile(disk, layout).read().forEach(key -> keys.put(key.id(), key));
    }

    /** The newest keys that are durable, with their last uses. */
    NavigableMap<ApiKeyId, ApiKey> keys() {
        return Collections.unmodifiableNavigableMap(keys);
    }

    /** Records a use in memory. It is written with the next change, or by {@link #writeUses}. */
    void use(ApiKeyId id, Instant at) {
        if (keys.computeIfPresent(id, (_, key) -> key.used(at)) != null) {
            usesToWrite.set(true);
        }
    }

    /** Runs the change on a copy of the keys, makes that copy durable, and returns the change's result. */
    int change(ToIntFunction<NavigableMap<ApiKeyId, ApiKey>> change) {
        return thread.run(() -> {
            refuseIfStopped();
            boolean uses = usesToWrite.getAndSet(false);
            var before = new TreeMap<>(keys);
            var after = new TreeMap<>(before);
            boolean durable = false;
            try {
                int result = change.applyAsInt(after);
                if (!after.equals(before)) {
                    write(List.copyOf(after.values()));
                    publish(after);
                    durable = true;
                }
                return result;
            } finally {
                if (uses && !durable) {
                    usesToWrite.set(true);
                }
            }
        });
    }

    private void publish(NavigableMap<ApiKeyId, ApiKey> after) {
        keys.keySet().retainAll(after.keySet());
        after.forEach((id, key) -> keys.merge(id, key,
                (present, changed) -> present.lastUsedAt().map(changed::used).orElse(changed)));
    }

    /** Makes the uses durable that are not yet. If that fails, the next call or change tries again. */
    public void writeUses() {
        if (!usesToWrite.getAndSet(false)) {
            return;
        }
        try {
            var _ = thread.run(() -> {
                refuseIfStopped();
                write(List.copyOf(keys.values()));
                return 0;
            });
        } catch (StorageException e) {
            usesToWrite.set(true);
            LOG.warn("File store: the last uses of API keys could not be written; the next checkpoint tries again: {}",
                    e.getMessage());
        }
    }

    private void refuseIfStopped() {
        health.failure().ifPresent(failure -> {
            throw new StorageUnavailable(failure);
        });
    }

    private void write(List<ApiKey> next) {
        try {
            replace(next);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            health.threadDied(e);
            throw new CommitOutcomeUnknown("the change of API keys failed with an unexpected error", e);
        }
    }

    /** Until the rename the file has the old keys, so that is the last moment at which the outcome of a failure is known. */
    private void replace(List<ApiKey> next) {
        try {
            lock.check();
            new ApiKeyFile(disk, layout).replace(next);
        } catch (ForceFailed | DirectoryLost e) {
            health.stop(e);
            throw new StorageUnavailable(health.failure().orElse(""), e);
        } catch (IOException e) {
            throw new StorageUnavailable("the API keys cannot be written: " + IoReason.of(e), e);
        }
        try {
            disk.forceDirectory(layout.root());
            // As for a commit: no other process may have opened the directory before the force.
            lock.check();
        } catch (IOException e) {
            health.stop(e);
            throw new CommitOutcomeUnknown(health.failure().orElse(""), e);
        }
    }

    /** Ends the running change. Later ones get {@code StorageUnavailable}; reads go on. */
    @Override
    public void close() {
        thread.close();
    }
}
