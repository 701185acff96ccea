package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.trial.Commands;
import dev.confab.adapter.persistence.file.trial.Commands.Checkpoint;
import dev.confab.adapter.persistence.file.trial.Commands.Command;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operation of the disk fails, the disk is full, or a force fails: acknowledged commits stay, refused ones are not stored, reads go on. */
class FailureTest {
    /** Far more than the store's time limit, for a slow machine. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    @Test
    void any_operation_may_fail_once() {
        everyOperation(1, 14, SimulatedDisk::failAt);
    }

    @Test
    void everything_may_fail_from_any_operation_on() {
        everyOperation(2, 14, SimulatedDisk::failFrom);
    }

    @Test
    @Tag("campaign")
    void any_operation_of_many_sequences_may_fail_once_or_for_ever() {
        for (long sequence = 100; sequence < 140; sequence++) {
            everyOperation(sequence, 25, SimulatedDisk::failAt);
            everyOperation(sequence, 25, SimulatedDisk::failFrom);
        }
    }

    private static void everyOperation(long sequenceSeed, int length, ObjLongConsumer<SimulatedDisk> failure) {
        var commands = new Commands(sequenceSeed);
        List<Command> sequence = commands.take(length);
        List<Command> later = commands.take(8);
        long operations = Life.operations(commands, sequence);
        for (long n = 1; n <= operations; n++) {
            long failing = n;
            Trials.run("sequence %d of %d, operation %d fails".formatted(sequenceSeed, length, n), () -> {
                try (var life = new Life(new SimulatedDisk(failing), commands.conversations)) {
                    failure.accept(life.disk(), failing);
                    life.openAndRunAll(sequence);
                    life.recover();
                    life.goOn(later, failing);
                }
            });
        }
    }

    @Test
    void a_full_disk_refuses_and_once_there_is_room_everything_goes_on() {
        for (long seed = 1; seed <= 5; seed++) {
            var commands = new Commands(seed);
            long crash = seed;
            Trials.run("sequence " + seed, () -> {
                try (var life = new Life(new SimulatedDisk(crash), commands.conversations)) {
                    life.openAndRunAll(commands.take(12));
                    life.disk().fill();
                    life.runAll(commands.take(12));
                    assertThat(life.store().health().failure()).isEmpty();
                    life.disk().heal();

                    life.verify();
                    life.goOn(commands.take(12), crash);
                    assertThat(life.run(new Checkpoint())).isTrue();
                    life.verifySearch();
                }
            });
        }
    }

    @Test
    void after_a_failed_force_the_outcome_is_unknown_writes_are_refused_and_reads_go_on() {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.transact(id, Transactions.append(Samples.draft("before"), Samples.now()));
        disk.failNextCommitForce();

        assertThatThrownBy(() -> store.transact(id, Transactions.append(Samples.draft("perhaps"), Samples.now())))
                .isInstanceOf(CommitOutcomeUnknown.class);

        assertThatThrownBy(() -> store.transact(id, Transactions.append(Samples.draft("after"), Samples.now())))
                .isInstanceOf(StorageUnavailable.class);
        assertThat(texts(store.reader(), id)).containsExactly("before");
        assertThat(store.health().failure()).isPresent();
        assertThatCode(store::close).doesNotThrowAnyException();

        // The cache still shows the line; what is served from it now must survive a crash.
        FileStore reopened = open(disk);
        List<String> served = texts(reopened.reader(), id);
        SimulatedDisk next = disk.crash(1);
        reopened.abandon();
        FileStore after = open(next);
        assertThat(texts(after.reader(), id)).isEqualTo(served);
        assertThat(after.health().failure()).isEmpty();
        after.close();
    }

    @Test
    void while_a_force_hangs_its_caller_and_those_behind_it_get_an_answer_in_time() {
        var disk = new SimulatedDisk(1);
        var impatient = new FileStoreSettings(Life.SETTINGS.directory(), Duration.ofSeconds(1), 1L << 30,
                Duration.ofHours(1), 1 << 20, false);
        FileStore store = FileStore.open(impatient, new FileStoreObserver() {
        }, disk);
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        CountDownLatch answer = disk.hangForces();

        Future<Message> first = append(store, id, "hangs");
        assertThatThrownBy(() -> TestThreads.get(first, IN_TIME)).isInstanceOf(CommitOutcomeUnknown.class);
        Future<Message> behind = append(store, id, "never runs");
        assertThatThrownBy(() -> TestThreads.get(behind, IN_TIME)).isInstanceOf(LockTimeout.class);
        assertThat(texts(store.reader(), id)).isEmpty();

        answer.countDown();
        TestThreads.get(append(store, id, "after"), IN_TIME);
        assertThat(texts(store.reader(), id)).containsExactly("hangs", "after");
        store.close();
    }

    private static Future<Message> append(FileStore store, ConversationId id, String text) {
        return TestThreads.start(() -> store.transact(id, Transactions.append(Samples.draft(text), Samples.now())));
    }

    private static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }

    private static List<String> texts(ConversationReader reader, ConversationId id) {
        return reader.read(id, Window.first(10), Samples.now()).messages().stream().map(message -> message.text())
                .toList();
    }
}
