package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.Commands.Command;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever moment the machine goes down at: what was acknowledged is there, and what was under way is whole or not at all. */
class CrashTest {

    @Test
    void a_crash_at_any_operation_of_a_short_sequence_loses_nothing_acknowledged() {
        everyOperation(1, 14, 1);
        everyOperation(2, 14, 1);
    }

    @Test
    void a_crash_at_some_operations_of_long_sequences_loses_nothing_acknowledged() {
        someOperations(1, 10, 60, 20);
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

    private static void trial(Commands commands, List<Command> sequence, List<Command> later, long n, long seed) {
        Trials.run("sequence of %d, dies at operation %d, seed %d".formatted(sequence.size(), n, seed), () -> {
            try (var life = new Life(new SimulatedDisk(seed), commands.conversations)) {
                life.dieAt(n, sequence, later, seed);
            }
        });
    }
}
