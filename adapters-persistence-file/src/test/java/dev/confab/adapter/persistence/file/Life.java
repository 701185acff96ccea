package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.trial.Commands;
import dev.confab.adapter.persistence.file.trial.Commands.Change;
import dev.confab.adapter.persistence.file.trial.Commands.Checkpoint;
import dev.confab.adapter.persistence.file.trial.Commands.Command;
import dev.confab.adapter.persistence.file.trial.SessionCommands;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.session.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A data directory through crashes and failures, and a reference store that runs every acknowledged command. One command may have an
 * unknown outcome, until {@link #verify} finds it out.
 */
final class Life implements AutoCloseable {
    /** Checkpoints only when the commands say so: then the operations come in the same order each time. */
    static final FileStoreSettings SETTINGS = new FileStoreSettings(Path.of("/data"), Duration.ofSeconds(20), 1L << 30,
            Duration.ofHours(1), 1 << 20, false);

    private static final SessionQuery ALL_SESSIONS = new SessionQuery(100,
            Optional.empty());

    private final ReferenceStore reference = new ReferenceStore();
    private final List<ConversationId> conversations;
    private final UnaryOperator<Disk> wrapper;
    private SimulatedDisk disk;
    private @Nullable FileStore store;
    private Optional<Change> open = Optional.empty();

    Life(SimulatedDisk disk, List<ConversationId> conversations) {
        this(disk, conversations, UnaryOperator.identity());
    }

    /** @param wrapper puts something between the store and the disk */
    Life(SimulatedDisk disk, List<ConversationId> conversations, UnaryOperator<Disk> wrapper) {
        this.disk = disk;
        this.conversations = conversations;
        this.wrapper = wrapper;
    }

    SimulatedDisk disk() {
        return disk;
    }

    FileStore store() {
        return java.util.Objects.requireNonNull(store);
    }

    void open() {
        store = FileStore.open(SETTINGS, new FileStoreObserver() {
        }, wrapper.apply(disk));
    }

    /** Opens and runs what it can, until a command fails; returns whether all went well. */
    boolean openAndRun(List<Command> commands) {
        try {
            open();
        } catch (FileStoreCannotOpen refused) {
            return false;
        }
        return run(commands);
    }

    /** Runs until a command fails; returns whether none did. */
    boolean run(List<Command> commands) {
        return commands.stream().allMatch(this::run);
    }

    /** Opens and runs all, whatever fails. */
    void openAndRunAll(List<Command> commands) {
        try {
            open();
            runAll(commands);
        } catch (FileStoreCannotOpen refused) {
            assertThat(disk.operations()).as("a store that does not open has met a failure").isPositive();
        }
    }

    void runAll(List<Command> commands) {
        commands.forEach(this::run);
    }

    /** The disk works again. A store that met no failed force goes on; another one still serves reads, and is opened again. */
    void recover() {
        disk.heal();
        if (store != null && store.health().failure().isEmpty()) {
            verify();
            return;
        }
        if (store != null) {
            conversations.forEach(id -> store.reader().find(id, Samples.now()));
            store.close();
            store = null;
        }
        open();
        verify();
    }

    /** Returns whether it was done. */
    boolean run(Command command) {
        try {
            switch (command) {
                case Checkpoint checkpoint -> store().checkpoint();
                case Change change -> {
                    Object answer = change.on(store());
                    assertThat(answer).as(change.name()).isEqualTo(change.on(reference));
                }
            }
            return true;
        } catch (CommitOutcomeUnknown e) {
            assertThat(open).as("an unknown outcome after another").isEmpty();
            open = Optional.of((Change) command);
            return false;
        } catch (IOException | StorageException certainlyNot) {
            return false;
        }
    }

    /** The process dies; the disk and its cache live on. */
    void kill() {
        if (store != null) {
            store.abandon();
            store = null;
        }
    }

    /** The machine crashes, and what was not forced may be lost. */
    void crash(long seed) {
        SimulatedDisk next = disk.crash(seed);
        kill();
        disk = next;
    }

    /** Every conversation is as acknowledged; that of a command with an unknown outcome is as before or as after the command. */
    void verify() {
        assertThat(store().health().damaged()).as("damaged").isEmpty();
        settleOpenCommand();
        for (ConversationId id : conversations) {
            assertThat(Snapshot.of(store(), id)).as("conversation %s", id).isEqualTo(Snapshot.of(reference, id));
            assertThat(store().reader().find(id, Samples.now())).isEqualTo(reference.find(id, Samples.now()));
        }
        for (ListQuery.Sort sort : ListQuery.Sort.values()) {
            var query = new ListQuery(sort, 100, Optional.empty());
            assertThat(store().reader().list(Samples.ALICE, query, Samples.now()))
                    .isEqualTo(reference.list(Samples.ALICE, query, Samples.now()));
        }
        verifySessions(Samples.now());
        verifySessions(Samples.now().plus(SessionCommands.LEASE));
        verifySessions(Samples.now().plus(SessionCommands.LIFETIME));
    }

    /** Every read of sessions and turns answers as the reference does, and finds all that the conversations hold. */
    private void verifySessions(Instant now) {
        assertThat(store().sessions().sessions(Samples.ALICE, ALL_SESSIONS, now))
                .isEqualTo(reference.sessions(Samples.ALICE, ALL_SESSIONS, now));
        assertThat(store().sessions().current(Samples.ALICE, now)).isEqualTo(reference.current(Samples.ALICE, now));
        assertThat(store().sessions().expiredSessions(now, 100)).isEqualTo(reference.expiredSessions(now, 100));
        assertThat(store().sessions().expiredLeases(now, 100)).isEqualTo(reference.expiredLeases(now, 100));
        for (ConversationId id : conversations) {
            Activity activity = Snapshot.of(reference, id).activity();
            activity.sessions()
                    .forEach(session -> assertThat(store().sessions().session(Samples.ALICE, session.id(), now))
                            .isEqualTo(reference.session(Samples.ALICE, session.id(), now)));
            activity.turns().forEach(turn -> assertThat(store().sessions().turn(Samples.ALICE, turn.id(), now))
                    .isEqualTo(reference.turn(Samples.ALICE, turn.id(), now)));
        }
    }

    private void settleOpenCommand() {
        open.ifPresent(change -> {
            if (!Snapshot.of(store(), change.id()).equals(Snapshot.of(reference, change.id()))) {
                change.on(reference);
            }
        });
        open = Optional.empty();
    }

    void verifySearch() {
        var query = new SearchQuery("needle", false, Optional.empty(), 100, Optional.empty());
        assertThat(store().reader().search(Samples.ALICE, query, Samples.now()).items()).extracting(SearchHit::key)
                .isEqualTo(reference.search(Samples.ALICE, query, Samples.now()).items().stream().map(SearchHit::key)
                        .toList());
    }

    /** The store runs new commands, and they survive a crash. */
    void goOn(List<Command> commands, long seed) {
        assertThat(run(commands)).as("every command is done").isTrue();
        verify();
        crash(seed);
        open();
        verify();
    }

    /**
     * The whole of a trial: commands until the disk dies at its n-th operation, more crashes while it recovers, and then it must
     * serve everything that was acknowledged.
     */
    void dieAt(long n, List<Command> commands, List<Command> later, long seed) {
        var dice = new Random(seed);
        disk.dieAt(n);
        openAndRun(commands);
        crash(dice.nextLong());
        for (int again = dice.nextInt(3); again > 0; again--) {
            disk.dieAt(1 + dice.nextInt(30));
            openAndRun(List.of(new Checkpoint()));
            crash(dice.nextLong());
        }
        open();
        verify();
        goOn(later, dice.nextLong());
    }

    /** As {@link #dieAt}, but only the process dies, once or twice; the machine crashes later. */
    void killAt(long n, List<Command> commands, List<Command> later, long seed) {
        var dice = new Random(seed);
        disk.dieAt(n);
        openAndRun(commands);
        kill();
        disk.revive();
        if (dice.nextBoolean()) {
            disk.dieAt(disk.operations() + 1 + dice.nextInt(30));
            openAndRun(List.of(new Checkpoint()));
            kill();
            disk.revive();
        }
        open();
        verify();
        verifySearch();
        goOn(later, dice.nextLong());
    }

    /** How many operations these commands take on a disk that works. */
    static long operations(Commands commands, List<Command> sequence) {
        try (var life = new Life(new SimulatedDisk(0), commands.conversations)) {
            assertThat(life.openAndRun(sequence)).isTrue();
            return life.disk.operations();
        }
    }

    static List<Conversation> live(FileStore store) {
        return store.reader()
                .list(Samples.ALICE, new ListQuery(ListQuery.Sort.UPDATED, 100, Optional.empty()), Samples.now())
                .items();
    }

    @Override
    public void close() {
        disk.heal();
        kill();
    }
}
