package dev.confab.adapter.persistence.file.webhook;

import dev.confab.adapter.persistence.file.disk.ChangeThread;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.GuardedWrites;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.webhook.HeldWebhook.Content;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All webhooks in memory, and the changes of their files.
 *
 * <p>Why it is right: one thread makes all changes of webhooks, each on the result of the previous one, and publishes a change only when it
 * is durable. Cursors and the last failure change in memory, under the monitor of their webhook, and are written a little later: a crash
 * sets them back, and events are delivered again. The cursors of a new webhook are durable before the webhook is.
 */
public final class StoredWebhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredWebhooks.class);
    /** Cursors that have moved are written after this long, or after many times as long as the last write took. */
    private static final Duration WRITE_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PARTS_OF_THE_TIME = 20;

    private final WebhookFiles files;
    private final GuardedWrites writes;
    private final HealthMonitor health;
    private final ConcurrentSkipListMap<WebhookId, HeldWebhook> webhooks = new ConcurrentSkipListMap<>();
    private final AtomicBoolean writeIsDue = new AtomicBoolean();
    private final ChangeThread thread;
    private volatile long lastWriteNanos;
    private volatile boolean closed;

    /** Reads the webhooks of the directory. {@code timeLimit} is for a change, from its call to its end. */
    public StoredWebhooks(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, Duration timeLimit)
            throws IOException {
        this.files = new WebhookFiles(disk, layout);
        this.writes = new GuardedWrites(disk, layout, lock, health, "webhooks");
        this.health = health;
        this.thread = new ChangeThread("confab-webhooks", "webhooks", timeLimit);
        files.read().forEach(held -> webhooks.put(held.webhook().id(), held));
    }

    /** The newest webhooks that are durable. */
    NavigableMap<WebhookId, HeldWebhook> all() {
        return Collections.unmodifiableNavigableMap(webhooks);
    }

    Optional<HeldWebhook> find(WebhookId id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    /**
     * Runs the change on a copy of the webhooks, makes that copy durable, and returns the change's result.
     *
     * @param cursors of a webhook that the change adds
     */
    <R> R change(Function<NavigableMap<WebhookId, Webhook>, R> change, Function<Webhook, Content> cursors) {
        return thread.run(() -> {
            writes.refuseIfStopped();
            var before = new TreeMap<WebhookId, Webhook>();
            webhooks.forEach((id, held) -> before.put(id, held.webhook()));
            var after = new TreeMap<>(before);
            R result = change.apply(after);
            if (!after.equals(before)) {
                var added = new TreeMap<WebhookId, HeldWebhook>();
                after.values().stream().filter(webhook -> !before.containsKey(webhook.id()))
                        .forEach(webhook -> added.put(webhook.id(), added(webhook, cursors.apply(webhook))));
                writes.replace(() -> files.replace(List.copyOf(after.values())));
                publish(before, after, added);
            }
            return result;
        });
    }

    private HeldWebhook added(Webhook webhook, Content cursors) {
        writes.prepare(() -> files.create(webhook.id(), cursors));
        return new HeldWebhook(webhook, cursors);
    }

    private void publish(Map<WebhookId, Webhook> before, Map<WebhookId, Webhook> after,
            Map<WebhookId, HeldWebhook> added) {
        webhooks.putAll(added);
        after.forEach((id, webhook) -> find(id).filter(_ -> before.containsKey(id))
                .ifPresent(held -> held.replace(before.getOrDefault(id, webhook), webhook)));
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> {
            webhooks.remove(id);
            try {
                files.delete(id);
            } catch (IOException e) {
                LOG.warn(
                        "File store: the cursors of removed webhook {} could not be deleted; the next start tries again: {}",
                        id, IoReason.of(e));
            }
        });
    }

    /** Schedules a write of the cursors and last failures that have changed in memory. */
    void changedInMemory() {
        if (writeIsDue.compareAndSet(false, true)) {
            long delay = Math.clamp(PARTS_OF_THE_TIME * lastWriteNanos, WRITE_AFTER.toNanos(), LONGEST.toNanos());
            CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, Thread::startVirtualThread)
                    .execute(this::writeCursors);
        }
    }

    /** Writes the cursors that have moved. If that fails, a later call tries again. */
    public void writeCursors() {
        if (closed || !writeIsDue.getAndSet(false)) {
            return;
        }
        try {
            thread.run(() -> {
                long start = System.nanoTime();
                webhooks.forEach((id, held) -> held.takeUnwritten().ifPresent(content -> write(id, held, content)));
                lastWriteNanos = System.nanoTime() - start;
                return true;
            });
        } catch (StorageException e) {
            LOG.warn("File store: the cursors of webhooks could not be written; trying again: {}", e.getMessage());
            if (health.failure().isEmpty()) {
                changedInMemory();
            }
        }
    }

    private void write(WebhookId id, HeldWebhook held, Content content) {
        try {
            writes.refuseIfStopped();
            writes.prepare(() -> files.replace(id, content));
        } catch (StorageUnavailable e) {
            held.writeFailed();
            throw e;
        }
    }

    /** Writes the cursors and ends the running change. Later changes get {@code StorageUnavailable}; reads go on. */
    @Override
    public void close() {
        if (health.failure().isEmpty()) {
            writeCursors();
        }
        abandon();
    }

    /** Ends the running change. */
    public void abandon() {
        closed = true;
        thread.close();
    }
}
