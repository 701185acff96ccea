package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A conversation that cannot be read can still be deleted, purged and erased, and never comes back. */
class DamagedConversationsTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());
    /** A caller waits longer than any machine is slow. */
    private static final FileStoreSettings PATIENT = new FileStoreSettings(Life.SETTINGS.directory(),
            Duration.ofMinutes(10), 1L << 30, Duration.ofHours(1), 1 << 20, false);
    private static final Path HEAD = Path.of("json");
    private static final Path MESSAGES = Path.of("1.jsonl");

    private final ConversationId id = Samples.newConversationId();
    private final ConversationId whole = Samples.newConversationId();
    private SimulatedDisk disk = new SimulatedDisk(0);

    @ParameterizedTest
    @CsvSource({"DELETE, json", "DELETE, 1.jsonl", "PURGE, json", "PURGE, 1.jsonl"})
    void a_damaged_conversation_is_removed_and_its_id_is_free(Removal removal, String damaged) throws IOException {
        damage(Path.of(damaged), true);
        FileStore store = open();
        assertThatThrownBy(() -> store.transact(id, ConversationTransaction::find))
                .isInstanceOf(ConversationDamaged.class);
        assertThat(store.removeDamaged(id, Samples.BOB, removal, Samples.now())).isFalse();
        assertThat(store.removeDamaged(whole, Samples.ALICE, removal, Samples.now())).isFalse();

        assertThat(store.removeDamaged(id, Samples.ALICE, removal, Samples.now())).isTrue();

        assertGone(store, removal);
        store.abandon();
        FileStore again = open();
        assertGone(again, removal);
        again.checkpoint();
        again.transact(id, Transactions.begin(Samples.started(id)));
        again.transact(id, Transactions.append(Samples.draft("new life"), Samples.now()));
        again.abandon();
        FileStore last = open();
        assertThat(last.transact(id, Transactions::version)).isEqualTo(2);
        last.checkpoint();
        last.abandon();
        FileStore checkpointed = open();
        assertThat(checkpointed.transact(id, Transactions::version)).isEqualTo(2);
        checkpointed.abandon();
    }

    @ParameterizedTest
    @EnumSource(Removal.class)
    void one_that_is_found_damaged_while_the_store_serves_is_removed(Removal removal) throws IOException {
        damage(MESSAGES, false);
        FileStore store = open();
        flip(MESSAGES);
        assertThatThrownBy(() -> store.transact(id, tx -> tx.messageAt(1))).isInstanceOf(ConversationDamaged.class);

        assertThat(store.removeDamaged(id, Samples.ALICE, removal, Samples.now())).isTrue();

        assertGone(store, removal);
        store.checkpoint();
        store.abandon();
        FileStore again = open();
        assertGone(again, removal);
        again.abandon();
    }

    @Test
    void an_erasure_purges_damaged_conversations_too() throws IOException {
        damage(HEAD, true);
        FileStore store = open();

        assertThat(store.erase(Samples.ALICE).conversations()).isEqualTo(2);

        assertGone(store, Removal.PURGE);
        assertThat(store.erase(Samples.ALICE).conversations()).isZero();
        store.abandon();
    }

    @Test
    void a_crash_at_any_moment_of_a_removal_leaves_the_conversation_damaged_or_gone() throws IOException {
        damage(HEAD, true);
        SimulatedDisk before = disk;
        for (int n = 0, gone = 0; gone < 3; n++) {
            assertThat(n).isLessThan(100);
            disk = before.copy();
            FileStore store = open();
            disk.dieAt(disk.operations() + n);
            try {
                store.removeDamaged(id, Samples.ALICE, Removal.PURGE, Samples.now());
                gone++;
            } catch (StorageException died) {
                // Whether it is removed shows below.
            }
            store.abandon();
            disk = disk.crash(n);
            FileStore again = open();
            if (again.health().damaged().isEmpty()) {
                assertThat(again.transact(id, Transactions::version)).isZero();
            } else {
                assertThat(again.health().damaged()).containsExactly(id);
                assertThat(again.removeDamaged(id, Samples.ALICE, Removal.PURGE, Samples.now())).isTrue();
            }
            again.checkpoint();
            again.abandon();
            FileStore last = open();
            assertThat(last.health().damaged()).isEmpty();
            assertThat(last.transact(id, Transactions::version)).isZero();
            assertThat(last.transact(whole, Transactions::version)).isPositive();
            last.abandon();
        }
    }

    @Test
    void after_a_removal_whose_commit_fails_the_next_writer_gets_the_permit() throws Exception {
        damage(HEAD, true);
        FileStore store = FileStore.open(PATIENT, new FileStoreObserver() {
        }, disk);
        CountDownLatch forces = disk.hangForces();
        Callable<Boolean> removal = () -> store.removeDamaged(id, Samples.ALICE, Removal.PURGE, Samples.now());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Future<Boolean> first = callers.submit(removal);
            await().until(disk::isForceHanging);
            Future<Boolean> second = callers.submit(removal);
            disk.failNextCommitForce();
            forces.countDown();

            assertThatThrownBy(() -> first.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(CommitOutcomeUnknown.class);
            assertThatThrownBy(() -> second.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(StorageUnavailable.class);
        } finally {
            callers.shutdownNow(); // its close would wait for a writer that is never let in
        }
        store.abandon();
    }

    private void assertGone(FileStore store, Removal removal) throws IOException {
        assertThat(store.health().damaged()).isEmpty();
        assertThat(store.reader().find(id, Samples.now())).isEmpty();
        assertThat(store.transact(id, Transactions::version)).isZero();
        List<String> kept = disk.list(LAYOUT.quarantine());
        if (removal == Removal.PURGE) {
            assertThat(kept).isEmpty();
        } else {
            assertThat(kept).isNotEmpty().allMatch(name -> name.startsWith("removed-" + id));
        }
    }

    /** Two conversations; a byte of the one's head or messages file is another, if asked. */
    private void damage(Path file, boolean flipped) throws IOException {
        FileStore store = open();
        for (ConversationId each : List.of(id, whole)) {
            store.transact(each, Transactions.begin(Samples.started(each)));
            store.transact(each, Transactions.append(Samples.draft("one"), Samples.now()));
        }
        store.checkpoint();
        // In the journal only.
        store.transact(id, Transactions.append(Samples.draft("two"), Samples.now()));
        store.abandon();
        if (flipped) {
            flip(file);
        }
    }

    private void flip(Path file) throws IOException {
        Path path = LAYOUT.conversations().resolve(id + "." + file);
        byte[] bytes = disk.read(path, 0, Integer.MAX_VALUE - 8);
        // In the checksum, so that the rest can be read.
        bytes[3] ^= 1;
        disk.overwrite(path, bytes);
    }

    private FileStore open() {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }
}
