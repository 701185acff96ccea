package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.WebhookSamples;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.ForwardingDisk;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup has the webhooks, and no cursor that is ahead of its conversations. */
class WebhookBackupTest {
    private final Webhook webhook = WebhookSamples.webhook(Samples.ALICE);
    private final UUID holder = UUID.randomUUID();

    @TempDir
    Path directory;

    @Test
    void a_backup_has_the_webhooks_and_what_they_have_delivered() throws IOException {
        try (FileStore store = open(directory.resolve("data"), new RealDisk())) {
            store.webhooks().create(webhook);
            deliver(store, begin(store));
            ConversationId due = begin(store);

            store.backup(directory.resolve("copy"));

            try (FileStore copy = open(directory.resolve("copy"), new RealDisk())) {
                assertThat(copy.webhooks().list(Samples.ALICE)).containsExactly(webhook);
                assertThat(copy.webhooks().due(webhook.id(), Optional.empty(), 10)).containsExactly(due);
            }
        }
    }

    @Test
    void what_is_delivered_while_the_backup_is_made_is_due_in_it() throws IOException {
        var disk = new DiskWithActions();
        try (FileStore store = open(directory.resolve("data"), disk)) {
            ConversationId id = begin(store);
            store.checkpoint();
            store.webhooks().create(webhook);
            disk.beforeReading("conversations", () -> {
                append(store, id);
                deliver(store, id);
                // Writes the cursors now.
                backup(store, "second copy");
            });

            store.backup(directory.resolve("copy"));

            try (FileStore copy = open(directory.resolve("copy"), new RealDisk())) {
                assertThat(copy.webhooks().due(webhook.id(), Optional.empty(), 10)).containsExactly(id);
            }
        }
    }

    @Test
    void a_webhook_that_is_removed_while_its_cursors_are_copied_does_not_fail_the_backup() throws IOException {
        var disk = new DiskWithActions();
        try (FileStore store = open(directory.resolve("data"), disk)) {
            store.webhooks().create(webhook);
            disk.beforeReading("webhooks", () -> store.webhooks().removeAllOf(Samples.ALICE));

            store.backup(directory.resolve("copy"));

            try (FileStore copy = open(directory.resolve("copy"), new RealDisk())) {
                assertThat(copy.webhooks().list(Samples.ALICE)).as("as of the beginning").containsExactly(webhook);
            }
        }
    }

    private static FileStore open(Path data, Disk disk) {
        var settings = new FileStoreSettings(data, Duration.ofSeconds(30), 1 << 20, Duration.ofHours(1), 1 << 20,
                false);
        return FileStore.open(settings, new FileStoreObserver() {
        }, disk);
    }

    private static ConversationId begin(FileStore store) {
        ConversationId id = Samples.newConversationId();
        return store.transact(id, tx -> {
            tx.record(Samples.started(id));
            return id;
        });
    }

    private void backup(FileStore store, String name) {
        try {
            store.backup(directory.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void append(FileStore store, ConversationId id) {
        store.transact(id, tx -> {
            tx.record(tx.conversation().append(Samples.draft("text"), Samples.now()));
            return id;
        });
    }

    /** Delivers all there is about the conversation. */
    private void deliver(FileStore store, ConversationId id) {
        store.webhooks().claim(holder, Samples.now(), Samples.now().plusSeconds(60), 1);
        var progress = store.webhooks().progress(webhook.id(), id).orElseThrow();
        Cursor all = Cursor.upTo(progress.head().orElseThrow().version(), List.of());
        assertThat(store.webhooks().advance(holder, webhook.id(), id, all)).isTrue();
    }

    /** Runs an action once, before the first read of a file in a directory of that name. */
    private static final class DiskWithActions extends ForwardingDisk {
        private volatile String name = "";
        private volatile Runnable action = () -> {
        };

        DiskWithActions() {
            super(new RealDisk());
        }

        void beforeReading(String directoryName, Runnable reaction) {
            action = reaction;
            name = directoryName;
        }

        @Override
        public byte[] read(Path file, long offset, int length) throws IOException {
            if (file.getParent().endsWith(name)) {
                name = "";
                action.run();
            }
            return super.read(file, offset, length);
        }
    }
}
