package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.journal.JournalSegment;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.trial.SessionCommands;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Any byte of a small store is flipped, any file is cut at any length: what is served is right, or is reported as damaged. Only the last
 * segment of the journal may lose its end, because a cut there looks like a torn write.
 */
class DamageTest {
    /** The distance of the places that the short forms damage; where they begin is random. */
    private static final int SOME = 37;

    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());

    private final List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(4).toList();
    /** The same in every conversation. */
    private final SessionId session = SessionCommands.newSessionId();
    /** The states after each commit of the last segment, the state before them first. */
    private final List<Map<ConversationId, Snapshot>> history = new ArrayList<>();
    private SimulatedDisk base = new SimulatedDisk(0);
    private Path lastSegment = LAYOUT.segment(0);

    /** Heads and messages files, and two segments with commits that no head holds; the last conversation has none there. */
    @BeforeEach
    void makeASmallStore() throws IOException {
        FileStore store = open(base, false);
        for (ConversationId id : ids) {
            store.transact(id, Transactions.begin(Samples.started(id)));
            store.transact(id, Transactions.append(Samples.draft("one"), Samples.now()));
            store.transact(id, Transactions.append(Samples.draft("two"), Samples.now()));
            store.transact(id, begin(id, session));
            store.transact(id, DamageTest::startTurn);
        }
        store.checkpoint();
        store.transact(ids.get(0), Transactions.append(Samples.draft("three"), Samples.now()));
        store.transact(ids.get(1), tx -> {
            tx.activity().cancel(Samples.now()).ifPresent(tx::record);
            return Transactions.change(head -> head.clear(Samples.now())).apply(tx);
        });
        store.abandon();
        store = open(base, false);
        history.add(snapshots(store));
        for (ConversationId id : List.of(ids.get(1), ids.get(2), ids.get(1))) {
            store.transact(id, Transactions.append(Samples.draft("four"), Samples.now()));
            history.add(snapshots(store));
        }
        for (ConversationId id : List.of(ids.get(1), ids.get(2))) {
            store.transact(id, DamageTest::startTurn);
            history.add(snapshots(store));
        }
        store.abandon();
        List<String> segments = base.list(LAYOUT.journal());
        assertThat(segments).hasSize(2);
        lastSegment = LAYOUT.journal().resolve(segments.getLast());
    }

    private static Function<ConversationTransaction, Activity> begin(ConversationId id, SessionId session) {
        Instant now = Samples.now();
        var begun = Session.begin(session, id, Samples.ALICE, new Lifetime.Permanent(), Session.Settings.NONE,
                Samples.digest("session"), now);
        return tx -> {
            tx.activity().start(begun, now).forEach(tx::record);
            return tx.activity();
        };
    }

    /** Starts a turn, and cancels a running one: up to two events, and no message. */
    private static Activity startTurn(ConversationTransaction tx) {
        Instant now = Samples.now();
        tx.activity().cancel(now).ifPresent(tx::record);
        Session session = tx.activity().sessions().getFirst();
        MessageId prompt = tx.messageAt(1).orElseThrow().id();
        tx.activity()
                .start(SessionCommands.newTurnId(), session, prompt, Samples.digest("turn"), now, now.plusSeconds(30))
                .forEach(tx::record);
        return tx.activity();
    }

    @Test
    void a_flipped_byte_is_never_served_as_truth() throws IOException {
        flipEvery(SOME);
    }

    @Test
    void a_cut_file_is_never_served_as_truth() throws IOException {
        cutEvery(SOME);
    }

    @Test
    @Tag("campaign")
    void any_flipped_byte_is_never_served_as_truth() throws IOException {
        flipEvery(1);
    }

    @Test
    @Tag("campaign")
    void any_cut_is_never_served_as_truth() throws IOException {
        cutEvery(1);
    }

    @Test
    void a_missing_file_of_a_conversation_is_never_served_as_truth() throws IOException {
        for (Path file : files()) {
            if (file.getParent().equals(LAYOUT.conversations())) {
                SimulatedDisk disk = base.copy();
                disk.delete(file);
                Trials.run(file + " is gone", () -> check(disk, file, Integer.MAX_VALUE));
            }
        }
    }

    /** A checksum that matches does not mean that the content makes sense. */
    @Test
    void a_malformed_time_is_damage_of_its_conversation_alone() throws IOException {
        Path head = LAYOUT.head(ids.get(3));
        for (String name : List.of("createdAt", "activatedAt", "leaseUntil", "startedAt")) {
            String line = new String(base.read(head, 0, 1 << 20), StandardCharsets.UTF_8);
            String json = line.substring(ChecksummedLine.PREFIX, line.length() - 2)
                    .replaceAll("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":\"soon\"");
            assertThat(json).contains("soon");
            damage(head, ChecksummedLine.of(json.getBytes(StandardCharsets.UTF_8)), name, Integer.MAX_VALUE);
        }
    }

    private void flipEvery(int step) throws IOException {
        for (Path file : files()) {
            byte[] content = base.read(file, 0, 1 << 20);
            for (int at : places(content.length, step)) {
                byte[] flipped = content.clone();
                flipped[at] ^= (byte) (1 + (at * 7 + 13) % 255);
                boolean inLastLine = at >= lastLine(content);
                damage(file, flipped, "byte " + at + " flipped", inLastLine ? history.size() - 2 : Integer.MAX_VALUE);
            }
        }
    }

    private void cutEvery(int step) throws IOException {
        for (Path file : files()) {
            byte[] content = base.read(file, 0, 1 << 20);
            var lengths = new TreeSet<>(places(content.length, step));
            lengths.add(0);
            lengths.add(lastLine(content));
            for (int length : lengths) {
                byte[] cut = Arrays.copyOf(content, length);
                int lines = (int) new String(cut, java.nio.charset.StandardCharsets.ISO_8859_1).chars()
                        .filter(c -> c == '\n')
                        .count();
                damage(file, cut, "cut at " + length, lines);
            }
        }
    }

    /** Places in a file of this length, this far from each other, but at least eight in a short file. */
    private static List<Integer> places(int length, int step) {
        int distance = Math.clamp(length / 8, 1, step);
        return IntStream.iterate(ThreadLocalRandom.current().nextInt(distance), at -> at < length, at -> at + distance)
                .boxed().toList();
    }

    /** Where the last line begins. */
    private static int lastLine(byte[] content) {
        int at = JournalSegment.withoutRoom(content).length - 1;
        while (at >= 0 && content[at] != '\n') {
            at--;
        }
        return at + 1;
    }

    private void damage(Path file, byte[] content, String what, int commits) throws IOException {
        SimulatedDisk disk = base.copy();
        disk.overwrite(file, content);
        Trials.run(file + ", " + what, () -> check(disk, file, commits));
    }

    /** @param commits how many of the last segment's commits may be left, if that is the file */
    private void check(SimulatedDisk disk, Path file, int commits) {
        Optional<FileStore> opened = tryToOpen(disk);
        if (opened.isEmpty()) {
            assertThat(file.getParent()).as("refused to open").isNotEqualTo(LAYOUT.conversations());
            if (!file.equals(LAYOUT.format())) {
                checkSalvage(disk);
            }
            return;
        }
        FileStore store = opened.get();
        List<ConversationId> damaged = store.health().damaged();
        var served = new TreeMap<>(snapshots(store));
        damaged.forEach(id -> checkDamaged(store, disk, id));
        Map<ConversationId, Snapshot> right = without(history.getLast(), damaged);
        if (file.equals(lastSegment) && commits < history.size() - 1) {
            assertThat(served).isIn(right, without(history.get(commits), damaged));
        } else {
            assertThat(served).isEqualTo(right);
        }
        checkSessions(store, served);
        for (ConversationId id : served.keySet()) {
            store.transact(id, Transactions.append(Samples.draft("after"), Samples.now()));
        }
        var written = snapshots(store);
        store.close();
        FileStore again = open(disk, false);
        assertThat(again.health().damaged()).containsExactlyElementsOf(damaged);
        assertThat(snapshots(again)).isEqualTo(written);
        damaged.forEach(id -> checkDamaged(again, disk, id));
        again.abandon();
    }

    /** What the lists of sessions give is what the conversations that are served hold. */
    private static void checkSessions(FileStore store, Map<ConversationId, Snapshot> served) {
        var query = new SessionQuery(100, Optional.empty());
        var listed = store.sessions().sessions(Samples.ALICE, query, Samples.now()).items();
        assertThat(listed).extracting(SessionView::session).containsExactlyInAnyOrderElementsOf(
                served.values().stream().flatMap(snapshot -> snapshot.activity().sessions().stream()).toList());
        var turns = served.values().stream().flatMap(snapshot -> snapshot.activity().turns().stream()).toList();
        assertThat(turns).allSatisfy(
                turn -> assertThat(store.sessions().turn(Samples.ALICE, turn.id(), Samples.now())).contains(turn));
        Instant later = Samples.now().plusSeconds(60);
        assertThat(store.sessions().expiredLeases(later, 100)).containsExactlyElementsOf(served.keySet().stream()
                .filter(id -> served.get(id).activity().openTurn().isPresent()).toList());
    }

    private static Optional<FileStore> tryToOpen(SimulatedDisk disk) {
        try {
            return Optional.of(open(disk, false));
        } catch (FileStoreCannotOpen refused) {
            assertThat(refused).hasMessageContaining("/data");
            return Optional.empty();
        }
    }

    private void checkDamaged(FileStore store, SimulatedDisk disk, ConversationId id) {
        assertThatThrownBy(() -> store.reader().find(id, Samples.now())).isInstanceOf(ConversationDamaged.class);
        assertThatThrownBy(() -> store.transact(id, Transactions.begin(Samples.started(id))))
                .isInstanceOf(ConversationDamaged.class);
        try {
            assertThat(disk.list(LAYOUT.quarantine())).anyMatch(name -> name.startsWith(id.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Salvaging may lose commits, but not their order: each conversation is as it once was, or damaged. */
    private void checkSalvage(SimulatedDisk disk) {
        FileStore store = open(disk, true);
        snapshots(store).forEach((id, snapshot) -> {
            int messages = snapshot.messages().size();
            assertThat(snapshot.head()).isPresent();
            assertThat(snapshot.head().orElseThrow().messageCount()).isEqualTo(messages);
            assertThat(snapshot.head().orElseThrow().version())
                    .isLessThanOrEqualTo(history.getLast().get(id).head().orElseThrow().version());
        });
        store.close();
        FileStore again = open(disk, false);
        again.close();
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>(List.of(LAYOUT.format(), LAYOUT.highWaterMark()));
        for (Path directory : List.of(LAYOUT.conversations(), LAYOUT.journal())) {
            base.list(directory).forEach(name -> files.add(directory.resolve(name)));
        }
        return files;
    }

    /** Of the conversations that are not damaged. */
    private Map<ConversationId, Snapshot> snapshots(FileStore store) {
        return ids.stream().filter(id -> !store.health().damaged().contains(id))
                .collect(Collectors.toMap(id -> id, id -> Snapshot.of(store, id)));
    }

    private static Map<ConversationId, Snapshot> without(Map<ConversationId, Snapshot> all,
            List<ConversationId> damaged) {
        var left = new TreeMap<>(all);
        left.keySet().removeAll(damaged);
        return left;
    }

    private static FileStore open(SimulatedDisk disk, boolean salvage) {
        FileStoreSettings s = Life.SETTINGS;
        return FileStore
                .open(new FileStoreSettings(s.directory(), s.lockTimeout(), s.checkpointBytes(), s.idleCheckpoint(),
                        s.cacheBytes(), salvage), new FileStoreObserver() {
                        }, disk);
    }
}
