package dev.confab.adapter.persistence.file.key;

import dev.confab.adapter.persistence.file.disk.ChangeThread;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.GuardedWrites;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
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
 * <p>Why it is right: one thread makes all changes, each on the result of the previous one, and publishes a change only when it is durable. A
 * use changes one entry in memory, atomically and only if it is there; so it cannot bring a removed key back, and a change that is
 * published keeps the later use.
 */
public final class StoredApiKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredApiKeys.class);

    private final ApiKeyFile file;
    private final GuardedWrites writes;
    private final HealthMonitor health;
    private final ConcurrentSkipListMap<ApiKeyId, ApiKey> keys = new ConcurrentSkipListMap<>();
    private final AtomicBoolean usesToWrite = new AtomicBoolean();
    private final ChangeThread thread;

    /** Reads the keys of the directory. {@code timeLimit} is for a change, from its call to its end. */
    public StoredApiKeys(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, Duration timeLimit)
            throws IOException {
        this.file = new ApiKeyFile(disk, layout);
        this.writes = new GuardedWrites(disk, layout, lock, health, "API keys");
        this.health = health;
        this.thread = new ChangeThread("confab-keys", "API keys", timeLimit);
        file.read().forEach(key -> keys.put(key.id(), key));
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
            writes.refuseIfStopped();
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
                writes.refuseIfStopped();
                write(List.copyOf(keys.values()));
                return 0;
            });
        } catch (StorageException e) {
            usesToWrite.set(true);
            LOG.warn("File store: the last uses of API keys could not be written; the next checkpoint tries again: {}",
                    e.getMessage());
        }
    }

    private void write(List<ApiKey> next) {
        try {
            writes.replace(() -> file.replace(next));
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            health.threadDied(e);
            throw new CommitOutcomeUnknown("the change of API keys failed with an unexpected error", e);
        }
    }

    /** Ends the running change. Later ones get {@code StorageUnavailable}; reads go on. */
    @Override
    public void close() {
        thread.close();
    }
}
