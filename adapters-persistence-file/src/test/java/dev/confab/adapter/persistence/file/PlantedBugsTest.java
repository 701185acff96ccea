package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.ForwardingDisk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk.Operation;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.trial.Commands.Checkpoint;
import dev.confab.adapter.persistence.file.trial.Commands.Command;
import dev.confab.adapter.persistence.file.trial.Commands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Known ways to lose data, each planted between the store and the disk: trials like those of {@link CrashTest} find each. */
class PlantedBugsTest {
    private static final int MOST_TRIALS = 400;

    @Test
    void the_store_as_it_is_passes_every_trial() {
        assertThat(firstViolation(Bug.NONE, 40)).isEmpty();
    }

    @Test
    void acknowledging_before_the_force_is_found() {
        assertThat(firstViolation(Bug.unforced(SimulatedDisk::isJournal), MOST_TRIALS)).isPresent();
    }

    @Test
    void retrying_a_failed_force_is_found() {
        assertThat(firstViolation(new Bug(path -> false, true, false, ""), MOST_TRIALS)).isPresent();
    }

    @Test
    void forcing_no_directory_is_found() {
        assertThat(firstViolation(new Bug(path -> false, false, true, ""), MOST_TRIALS)).isPresent();
    }

    @Test
    void renaming_before_the_force_is_found() {
        assertThat(firstViolation(Bug.unforced(path -> path.toString().endsWith(Layout.UNFINISHED)),
                MOST_TRIALS)).isPresent();
    }

    @Test
    void writing_the_head_before_its_messages_are_forced_is_found() {
        assertThat(firstViolation(Bug.unforced(path -> path.toString().contains("conversations")
                && path.toString().endsWith(".jsonl")), MOST_TRIALS)).isPresent();
    }

    @Test
    void a_head_that_forgets_sessions_and_turns_is_found() {
        assertThat(firstViolation(new Bug(path -> false, false, false, "activity"), MOST_TRIALS)).isPresent();
    }

    @Test
    void a_journal_that_forgets_sessions_and_turns_is_found() {
        assertThat(firstViolation(new Bug(path -> false, false, false, "sessions"), MOST_TRIALS)).isPresent();
    }

    /** The number of the first trial in which something was lost. */
    private static OptionalLong firstViolation(Bug bug, int trials) {
        return LongStream.rangeClosed(1, trials).filter(seed -> violates(bug, seed)).findFirst();
    }

    private static boolean violates(Bug bug, long seed) {
        var dice = new Random(seed);
        var commands = new Commands(seed);
        List<Command> sequence = new ArrayList<>(commands.take(16));
        sequence.add(dice.nextInt(sequence.size()), new Checkpoint());
        try (var life = new Life(new SimulatedDisk(seed), commands.conversations, disk -> new BuggyDisk(disk, bug))) {
            if (bug.retriesForce) {
                failOneForce(life.disk(), 1 + dice.nextInt(80));
                life.openAndRunAll(sequence);
            } else {
                life.disk().dieAt(1 + dice.nextInt(120));
                life.openAndRun(sequence);
            }
            life.crash(dice.nextLong());
            life.open();
            life.verify();
            return false;
        } catch (AssertionError | RuntimeException lost) {
            return true;
        }
    }

    private static void failOneForce(SimulatedDisk disk, long from) {
        boolean[] failed = {false};
        disk.fail((number, operation, path) -> {
            boolean fails = !failed[0] && number >= from && operation == Operation.FORCE;
            failed[0] |= fails;
            return fails;
        });
    }

    /**
     * @param unforced files whose force does nothing
     * @param retriesForce whether a failed force is tried again and its success is believed
     * @param noDirectories whether no directory is forced
     * @param forgotten a member that is never written to heads and the journal; empty for none
     */
    private record Bug(Predicate<Path> unforced, boolean retriesForce, boolean noDirectories, String forgotten) {
        static final Bug NONE = unforced(path -> false);

        static Bug unforced(Predicate<Path> files) {
            return new Bug(files, false, false, "");
        }

        /** A line without what is forgotten; spaces keep its length. */
        ByteBuffer forget(ByteBuffer bytes) {
            byte[] line = new byte[bytes.remaining()];
            bytes.duplicate().get(line);
            int length = new String(line, StandardCharsets.ISO_8859_1).indexOf('\n');
            if (forgotten.isEmpty() || length < 0 || ChecksummedLine.check(line, 0, length).isEmpty()) {
                return bytes;
            }
            int json = length - ChecksummedLine.PREFIX - 1;
            var tree = (ObjectNode) StoredJson.MAPPER.readTree(line, ChecksummedLine.PREFIX, json);
            tree.remove(forgotten);
            tree.path("commits").forEach(commit -> ((ObjectNode) commit).remove(forgotten));
            byte[] rest = StoredJson.MAPPER.writeValueAsBytes(tree);
            byte[] padded = Arrays.copyOf(rest, json);
            Arrays.fill(padded, rest.length, json, (byte) ' ');
            System.arraycopy(ChecksummedLine.of(padded), 0, line, 0, length + 1);
            bytes.position(bytes.limit());
            return ByteBuffer.wrap(line);
        }
    }

    private static final class BuggyDisk extends ForwardingDisk {
        private final Bug bug;

        BuggyDisk(Disk disk, Bug bug) {
            super(disk);
            this.bug = bug;
        }

        @Override
        public WritableFile open(Path file) throws IOException {
            return new BuggyFile(super.open(file), file, bug);
        }

        @Override
        public void forceDirectory(Path directory) throws ForceFailed {
            if (!bug.noDirectories) {
                super.forceDirectory(directory);
            }
        }
    }

    private record BuggyFile(Disk.WritableFile file, Path path, Bug bug) implements Disk.WritableFile {
        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            file.write(bug.forget(bytes), offset);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws Disk.ForceFailed {
            if (bug.unforced.test(path)) {
                return;
            }
            try {
                file.force();
            } catch (Disk.ForceFailed e) {
                if (!bug.retriesForce) {
                    throw e;
                }
                file.force();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
