package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.trial.Commands;
import dev.confab.adapter.persistence.file.trial.Commands.Change;
import dev.confab.adapter.persistence.file.trial.Commands.Checkpoint;
import dev.confab.adapter.persistence.file.trial.Commands.Command;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The machine crashes at any moment: what was acknowledged is there, and what was being written is there as a whole or not at all. */
class CrashTest {

    @Test
    void a_crash_at_any_operation_of_a_short_sequence_loses_nothing_acknowledged() {
        everyOperation(1, 14, 1);
        everyOperation(2, 14, 1);
    }

    @Test
    void a_crash_at_some_operations_of_long_sequences_loses_nothing_acknowledged() {
        someOperations(1, 6, 60, 15);
    }

    @Test
    void a_process_killed_at_any_operation_and_a_crash_later_lose_nothing_acknowledged() {
        kills(1, 1, 2);
    }

    @Test
    void a_commit_after_the_last_one_was_purged_is_found_by_searches_when_the_process_died() {
        var commands = new Commands(1);
        ConversationId purged = commands.conversations.getLast();
        try (var life = new Life(new SimulatedDisk(1), commands.conversations)) {
            life.open();
            for (ConversationId id : commands.conversations) {
                assertThat(life.run(new Change("begin", id, Transactions.begin(Samples.started(id))::apply))).isTrue();
            }
            for (int n = 0; n < 9; n++) {
                MessageDraft draft = Samples.draft("needle");
                life.run(new Change("append", purged, Transactions.append(draft, Samples.now())::apply));
            }
            Instant now = Samples.now();
            life.run(new Change("delete", purged, Transactions.move(head -> head.delete(now))::apply));
            life.run(new Change("purge", purged, Transactions.move(head -> Optional.of(head.purge(now)))::apply));
            life.run(new Checkpoint());
            life.kill();

            life.open();
            MessageDraft draft = Samples.draft("needle");
            life.run(new Change("append", commands.conversations.getFirst(), Transactions.append(draft, now)::apply));
            life.kill();

            life.open();
            life.verifySearch();
        }
    }

    @Test
    void a_crash_keeps_the_acknowledged_commits_of_many_writers() {
        parallel(8);
    }

    @Test
    @Tag("campaign")
    void kills_at_every_operation_of_many_sequences() {
        kills(500, 20, 1);
    }

    @Test
    @Tag("campaign")
    void many_crashes_under_many_writers() {
        parallel(500);
    }

    @Test
    @Tag("campaign")
    void crashes_at_every_operation_of_many_short_sequences() {
        for (long sequence = 1; sequence <= 40; sequence++) {
            everyOperation(sequence, 16, 10);
        }
    }

    @Test
    @Tag("campaign")
    void crashes_at_some_operations_of_many_long_sequences() {
        someOperations(1_000, 200, 100, 60);
    }

    private static void everyOperation(long sequenceSeed, int length, int seeds) {
        var commands = new Commands(sequenceSeed);
        List<Command> sequence = commands.take(length);
        List<Command> later = commands.take(8);
        long operations = Life.operations(commands, sequence);
        for (long n = 1; n <= operations; n++) {
            for (long seed = 1; seed <= seeds; seed++) {
                trial(commands, sequence, later, n, seed * 1_000_003 + n);
            }
        }
    }

    private static void someOperations(long firstSequence, int sequences, int length, int samples) {
        for (long sequenceSeed = firstSequence; sequenceSeed < firstSequence + sequences; sequenceSeed++) {
            var commands = new Commands(sequenceSeed);
            List<Command> sequence = commands.take(length);
            List<Command> later = commands.take(8);
            long operations = Life.operations(commands, sequence);
            var random = new Random(sequenceSeed);
            for (int sample = 0; sample < samples; sample++) {
                trial(commands, sequence, later, 1 + random.nextLong(operations), random.nextLong());
            }
        }
    }

    private static void kills(long firstSequence, int sequences, int step) {
        for (long sequenceSeed = firstSequence; sequenceSeed < firstSequence + sequences; sequenceSeed++) {
            var commands = new Commands(sequenceSeed);
            List<Command> sequence = commands.take(16);
            List<Command> later = commands.take(8);
            long operations = Life.operations(commands, sequence);
            for (long n = 1; n <= operations; n += step) {
                long at = n;
                Trials.run("sequence %d, killed at operation %d".formatted(sequenceSeed, n), () -> {
                    try (var life = new Life(new SimulatedDisk(at), commands.conversations)) {
                        life.killAt(at, sequence, later, at);
                    }
                });
            }
        }
    }

    /** Writers on shared conversations, group commits, checkpoints between them, and the disk dies at some operation. */
    private static void parallel(int seeds) {
        var settings = new FileStoreSettings(Life.SETTINGS.directory(), Duration.ofSeconds(1), 4_096,
                Duration.ofMillis(1), 1 << 20, false);
        for (long seed = 1; seed <= seeds; seed++) {
            var dice = new Random(seed);
            var disk = new SimulatedDisk(seed);
            FileStore store = FileStore.open(settings, new FileStoreObserver() {
            }, disk);
            List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(3).toList();
            ids.forEach(id -> store.transact(id, Transactions.begin(Samples.started(id))));
            disk.dieAt(disk.operations() + 20 + dice.nextInt(300));

            List<List<Message>> acknowledged = TestThreads.run(6, writer -> write(store, ids.get(writer % 3)));
            SimulatedDisk left = disk.crash(seed);
            store.abandon();

            Trials.run("writers, seed " + seed, () -> {
                FileStore reopened = FileStore.open(settings, new FileStoreObserver() {
                }, left);
                assertThat(reopened.health().damaged()).isEmpty();
                for (int writer = 0; writer < acknowledged.size(); writer++) {
                    List<Message> stored = Snapshot.of(reopened, ids.get(writer % 3)).messages();
                    assertThat(stored.stream().filter(acknowledged.get(writer)::contains).toList())
                            .isEqualTo(acknowledged.get(writer));
                    // At most one command a writer was under way.
                    assertThat(stored).hasSizeLessThanOrEqualTo(
                            acknowledged.get(writer % 3).size() + acknowledged.get(writer % 3 + 3).size() + 2);
                }
                reopened.close();
            });
        }
    }

    /** Appends until the disk is dead; what was acknowledged. */
    private static List<Message> write(FileStore store, ConversationId id) {
        var acknowledged = new ArrayList<Message>();
        try {
            while (true) {
                acknowledged
                        .add(store.transact(id, Transactions.append(Samples.draft("x".repeat(200)), Samples.now())));
            }
        } catch (StorageException dead) {
            return acknowledged;
        }
    }

    private static void trial(Commands commands, List<Command> sequence, List<Command> later, long n, long seed) {
        Trials.run("sequence of %d, dies at operation %d, seed %d".formatted(sequence.size(), n, seed), () -> {
            try (var life = new Life(new SimulatedDisk(seed), commands.conversations)) {
                life.dieAt(n, sequence, later, seed);
            }
        });
    }
}
