package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Health names each part that does not work, until it works again; a thread that dies stops the store. */
class HealthTest {
    private final ConversationId id = Samples.newConversationId();
    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Test
    void a_full_disk_is_reported_until_a_write_succeeds() {
        FileStore store = open(new FileStoreObserver() {
        });
        disk.fill();

        assertThatThrownBy(() -> append(store)).isInstanceOf(StorageUnavailable.class);

        assertThat(store.health().problems().get(Part.WRITES).what()).contains("No space left on device");
        disk.heal();
        append(store);
        assertThat(store.health().problems()).isEmpty();
        store.close();
    }

    /** Health says "not ready", so no client sends a write that could find out. */
    @Test
    void a_disk_that_has_room_again_is_noticed_without_a_write() {
        FileStore store = open(new FileStoreObserver() {
        });
        disk.fill();
        assertThatThrownBy(() -> append(store)).isInstanceOf(StorageUnavailable.class);
        disk.heal();

        TestThreads.await(() -> store.health().problems().isEmpty());

        append(store);
        SimulatedDisk afterCrash = disk.crash(7);
        store.abandon();
        FileStore again = FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, afterCrash);
        assertThat(Snapshot.of(again, id).messages()).hasSize(1);
        again.close();
    }

    @Test
    void a_failed_checkpoint_is_reported_until_one_succeeds() throws IOException {
        FileStore store = open(new FileStoreObserver() {
        });
        append(store);
        disk.failNext(path -> path.getParent().endsWith("conversations"), SimulatedDisk.Operation.WRITE);
        TestThreads.await(() -> store.health().problems().containsKey(Part.CHECKPOINTS));
        assertThat(store.health().failure()).isEmpty();

        TestThreads.await(() -> store.health().problems().isEmpty());
        store.close();
    }

    @Test
    void an_error_of_the_journal_thread_answers_its_callers_and_stops_the_store() {
        FileStore store = open(new FileStoreObserver() {
            @Override
            public void batchForced(int commits, long bytes, long forceNanos) {
                if (commits > 0 && bytes > 500) {
                    throw new OutOfMemoryError("of the test");
                }
            }
        });

        assertThatThrownBy(() -> store.transact(id, Transactions.append(Samples.draft("x".repeat(1_000)),
                Samples.now()))).isInstanceOf(CommitOutcomeUnknown.class);

        assertStopped(store, "confab-journal");
    }

    @Test
    void an_error_of_the_checkpoint_thread_stops_the_store() {
        FileStore store = open(new FileStoreObserver() {
            @Override
            public void checkpointed(int conversations, long nanos) {
                throw new OutOfMemoryError("of the test");
            }
        });
        append(store);

        TestThreads.await(() -> store.health().fatal().isPresent());

        assertStopped(store, "confab-checkpoint");
    }

    private void assertStopped(FileStore store, String thread) {
        TestThreads.await(() -> store.health().fatal().isPresent());
        assertThat(store.health().fatal().orElseThrow()).contains("the thread " + thread,
                "OutOfMemoryError: of the test");
        assertThat(store.health().failure()).isEqualTo(store.health().fatal());
        assertThatThrownBy(() -> append(store)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("OutOfMemoryError").hasMessageNotContaining("disk");
        assertThat(store.reader().find(id, Samples.now())).isPresent();
        store.close();
    }

    /** With a conversation; checkpoints begin soon. */
    private FileStore open(FileStoreObserver observer) {
        var settings = new FileStoreSettings(Life.SETTINGS.directory(), Duration.ofSeconds(20), 1L << 30,
                Duration.ofMillis(50), 1 << 20, false);
        FileStore store = FileStore.open(settings, observer, disk);
        store.transact(id, Transactions.begin(Samples.started(id)));
        return store;
    }

    private Message append(FileStore store) {
        return store.transact(id, Transactions.append(Samples.draft("text"), Samples.now()));
    }
}
