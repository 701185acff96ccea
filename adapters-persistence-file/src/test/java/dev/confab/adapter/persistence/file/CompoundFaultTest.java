package dev.confab.adapter.persistence.file;

import static dev.confab.adapter.persistence.file.FileStoreCalls.append;
import static dev.confab.adapter.persistence.file.FileStoreCalls.beginWithOneMessage;
import static dev.confab.adapter.persistence.file.FileStoreCalls.checkpoint;
import static dev.confab.adapter.persistence.file.FileStoreCalls.edit;
import static dev.confab.adapter.persistence.file.FileStoreCalls.open;
import static dev.confab.adapter.persistence.file.FileStoreCalls.purge;
import static dev.confab.adapter.persistence.file.FileStoreCalls.rename;
import static dev.confab.adapter.persistence.file.FileStoreCalls.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk.Operation;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Two faults after each other: a failure and a crash, a kill and a crash, damage and a crash, a failure and a purge. */
class CompoundFaultTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());
    private static final Duration IN_TIME = Duration.ofSeconds(60);
    private static final Predicate<Path> UNFINISHED_HEAD = path -> path.toString().endsWith(".json.tmp");

    private final ConversationId id = Samples.newConversationId();

    @Test
    void a_purge_after_a_failed_checkpoint_leaves_nothing_behind() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        Message message = beginWithOneMessage(store, id);
        store.checkpoint();
        edit(store, id, message, "edited");
        disk.failNext(UNFINISHED_HEAD, Operation.OPEN);
        assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);

        purge(store, id);
        store.checkpoint();

        assertThat(disk.list(LAYOUT.conversations())).isEmpty();
        store.abandon();
        FileStore reopened = open(disk);
        assertThat(reopened.health().damaged()).isEmpty();
        assertThat(Snapshot.of(reopened, id).head()).isEmpty();
        reopened.close();
    }

    @Test
    void a_tombstone_that_a_killed_process_left_is_deleted_by_the_next_checkpoint() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        beginWithOneMessage(store, id);
        store.checkpoint();
        purge(store, id);
        disk.dieWhen((number, operation, path) -> operation == Operation.DELETE && path.equals(LAYOUT.head(id)));
        assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);
        store.abandon();
        disk.revive();

        FileStore reopened = open(disk);
        assertThat(disk.exists(LAYOUT.head(id))).isTrue();
        reopened.checkpoint();

        assertThat(disk.list(LAYOUT.conversations())).isEmpty();
        reopened.close();
    }

    @Test
    void commits_queued_behind_a_failing_force_are_refused_and_not_written() {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        ConversationId other = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.transact(other, Transactions.begin(Samples.started(other)));
        CountDownLatch release = disk.hangForces();
        Future<Message> first = TestThreads.start(() -> append(store, id, "first"));
        TestThreads.await(disk::isForceHanging);
        var second = new FutureTask<>(() -> append(store, other, "second"));
        Thread caller = Thread.ofPlatform().daemon().start(second);
        TestThreads.await(() -> caller.getState() == Thread.State.TIMED_WAITING);

        disk.failNextCommitForce();
        release.countDown();

        assertThatThrownBy(() -> TestThreads.get(first, IN_TIME)).isInstanceOf(CommitOutcomeUnknown.class);
        assertThatThrownBy(() -> TestThreads.get(second, IN_TIME)).isInstanceOf(StorageUnavailable.class);
        store.close();
        FileStore reopened = open(disk);
        assertThat(texts(reopened, other)).isEmpty();
        reopened.close();
    }

    /** The kernel may write a line back before the store cuts it off; a crash must not mix the rest of it with the next line. */
    @Test
    void a_line_that_was_refused_never_mixes_with_the_next_one_when_the_machine_crashes() {
        for (long seed = 1; seed <= 60; seed++) {
            long crash = seed;
            Trials.run("seed " + seed, () -> {
                var disk = new SimulatedDisk(crash);
                FileStore store = open(disk);
                store.transact(id, Transactions.begin(Samples.started(id)));
                refuseALongLine(disk, store);
                disk.dieWhen(
                        (number, operation, path) -> operation == Operation.FORCE && SimulatedDisk.isJournal(path));
                assertThatThrownBy(() -> append(store, id, "next")).isInstanceOf(CommitOutcomeUnknown.class);
                SimulatedDisk left = disk.crash(crash);
                store.abandon();

                FileStore reopened = open(left);
                assertThat(reopened.health().damaged()).isEmpty();
                assertThat(texts(reopened, id)).isIn(List.of(), List.of("next"));
                reopened.close();
            });
        }
    }

    @Test
    void nothing_of_a_refused_line_is_left_behind_the_next_one() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            var disk = new SimulatedDisk(seed);
            FileStore store = open(disk);
            store.transact(id, Transactions.begin(Samples.started(id)));
            refuseALongLine(disk, store);
            append(store, id, "next");
            store.abandon();

            FileStore reopened = open(disk);
            assertThat(texts(reopened, id)).containsExactly("next");
            assertThat(disk.list(LAYOUT.quarantine())).isEmpty();
            reopened.close();
        }
    }

    private void refuseALongLine(SimulatedDisk disk, FileStore store) {
        boolean[] failed = {false};
        disk.fail((number, operation, path) -> {
            if (SimulatedDisk.isJournal(path) && operation == Operation.TRUNCATE) {
                disk.writeBack(path);
            }
            boolean fails = !failed[0] && SimulatedDisk.isJournal(path) && operation == Operation.WRITE;
            failed[0] |= fails;
            return fails;
        });
        assertThatThrownBy(() -> append(store, id, "x".repeat(30_000))).isInstanceOf(StorageUnavailable.class);
        disk.heal();
    }

    @Test
    void a_head_that_a_killed_process_renamed_survives_a_crash_that_follows_its_recovery() {
        for (long seed = 1; seed <= 40; seed++) {
            long crash = seed;
            Trials.run("seed " + seed, () -> {
                var disk = new SimulatedDisk(crash);
                FileStore store = open(disk);
                Message message = beginWithOneMessage(store, id);
                checkpoint(store);
                edit(store, id, message, "edited");
                boolean[] renamed = {false};
                disk.dieWhen((number, operation, path) -> {
                    boolean dies = renamed[0] && operation == Operation.FORCE_DIRECTORY;
                    renamed[0] |= operation == Operation.RENAME && UNFINISHED_HEAD.test(path);
                    return dies;
                });
                assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);
                store.abandon();
                disk.revive();
                FileStore recovered = open(disk);
                SimulatedDisk left = disk.crash(crash);
                recovered.abandon();

                FileStore reopened = open(left);
                assertThat(reopened.health().damaged()).isEmpty();
                assertThat(texts(reopened, id)).containsExactly("edited");
                reopened.close();
            });
        }
    }

    /** A crash takes a rename as a whole, so only the order of the operations shows it. */
    @Test
    void files_of_a_damaged_conversation_are_durable_in_quarantine_before_the_store_serves() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        beginWithOneMessage(store, id);
        store.checkpoint();
        store.abandon();
        disk.overwrite(LAYOUT.head(id), new byte[]{'?'});
        var operations = new ArrayList<String>();
        disk.fail((number, operation, path) -> {
            operations.add(operation + " " + path);
            return false;
        });

        FileStore reopened = open(disk);

        int moved = operations.indexOf(Operation.RENAME + " " + LAYOUT.head(id));
        assertThat(moved).isNotNegative();
        assertThat(operations.subList(moved, operations.size()))
                .contains(Operation.FORCE_DIRECTORY + " " + LAYOUT.quarantine());
        assertThat(reopened.health().damaged()).containsExactly(id);
        reopened.close();
    }

    @Test
    void a_shorter_head_replaces_a_longer_one_that_a_failed_checkpoint_left_unfinished() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.transact(id, Transactions.begin(Samples.started(id)));
        rename(store, id, "long ".repeat(30) + "title");
        disk.failNext(UNFINISHED_HEAD, Operation.RENAME);
        assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);

        rename(store, id, "short");
        store.checkpoint();
        store.abandon();

        FileStore reopened = open(disk);
        assertThat(reopened.health().damaged()).isEmpty();
        assertThat(Snapshot.of(reopened, id).head().flatMap(Conversation::title)).isEqualTo(Samples.title("short"));
        reopened.close();
    }

    @Test
    void a_listener_of_the_change_feed_can_read_the_reported_commit() {
        FileStore store = open(new SimulatedDisk(1));
        store.transact(id, Transactions.begin(Samples.started(id)));
        var found = new ArrayList<List<String>>();
        try (var _ = store.feed().subscribe(hint -> found.add(texts(store, hint.conversation())))) {
            append(store, id, "one");
            append(store, id, "two");
        }

        assertThat(found).containsExactly(List.of("one"), List.of("one", "two"));
        store.close();
    }
}
