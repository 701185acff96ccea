package dev.confab.bootstrap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Progress;
import dev.confab.application.Archives.Selection;
import dev.confab.application.Archives.Side;
import dev.confab.application.archive.ArchiveService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Export, import, resuming and comparing, on reference stores. */
class ArchivesTest {
    private static final Progress SILENT = _ -> {
    };
    private final ReferenceStore source = new ReferenceStore();
    private final ReferenceStore target = new ReferenceStore();

    @Test
    void a_store_is_exported_and_imported_whole_and_again_changes_nothing() {
        new Population(source, 1).add(60);
        byte[] archive = export(source);

        Imported first = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(first.imported()).isEqualTo(60);
        assertThat(first.isComplete()).isTrue();
        assertThat(Same.expect(source.stored(), target.stored())).isEqualTo(60);
        Imported again = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(again.imported()).isZero();
        assertThat(again.equal()).isEqualTo(60);
        assertThat(again.isComplete()).isTrue();
    }

    @Test
    void the_export_of_one_owner_has_all_of_that_owner_and_nothing_else() {
        new Population(source, 2).add(40);
        var out = new ByteArrayOutputStream();
        var selection = new Selection(Optional.of(Samples.BOB), Optional.empty());

        Exported written = into(source).export(selection, out::write, SILENT);
        assertThat(into(source).count(selection)).isEqualTo(written.conversations()).isPositive();
        into(target).importAll(Bytes.of(out.toByteArray()), SILENT);
        assertThat(Same.ids(target.stored())).isEqualTo(source.stored().ids(Optional.of(Samples.BOB),
                Optional.empty(), 1_000));
        assertThat(into(target).compare(new Side.Archive(Bytes.of(out.toByteArray())),
                new Side.Stored(Optional.empty()), SILENT).isEqual()).isTrue();
        assertThat(into(source).export(new Selection(Optional.of(new OwnerId("nobody")), Optional.empty()),
                new ByteArrayOutputStream()::write, SILENT).conversations()).isZero();
    }

    @Test
    void an_export_that_was_cut_anywhere_is_resumed_and_equals_the_whole_one() {
        new Population(source, 3).add(16);
        byte[] whole = export(source);
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            byte[] cut = new byte[0];
            boolean complete = false;
            for (int attempt = 0; !complete; attempt++) {
                var out = new ByteArrayOutputStream();
                int most = attempt > 3 ? Integer.MAX_VALUE : random.nextInt(whole.length + 100);
                complete = resumed(cut, out, most);
                cut = out.size() > 0 ? out.toByteArray() : cut;
            }
            assertThat(compare(cut, whole).isEqual()).as("seed %d, round %d", seed, round).isTrue();
        }
    }

    /** Continues an export until {@code most} bytes are written; returns whether it is complete. */
    private boolean resumed(byte[] cut, ByteArrayOutputStream out, int most) {
        try {
            into(source).resume(Optional.empty(), Bytes.of(cut), Bytes.full(out, most), () -> {
            }, SILENT);
            return true;
        } catch (ArchiveDamaged nothingThere) {
            try {
                into(source).export(Selection.ALL, Bytes.full(out, most), SILENT);
                return true;
            } catch (UncheckedIOException full) {
                return false;
            }
        } catch (UncheckedIOException full) {
            return false;
        }
    }

    @Test
    void an_export_of_another_owner_is_not_continued() {
        byte[] archive = export(source);
        assertThatThrownBy(() -> into(source).resume(Optional.of(Samples.ALICE), Bytes.of(archive),
                new ByteArrayOutputStream()::write, () -> {
                }, SILENT)).isInstanceOf(ArchiveDamaged.class).hasMessageContaining("owner");
    }

    @Test
    void an_import_that_was_cut_anywhere_says_so_and_is_completed_by_the_next_one() {
        new Population(source, 4).add(25);
        byte[] archive = export(source);
        for (int length = 0; length < archive.length; length += 1 + archive.length / 150) {
            var store = new ReferenceStore();
            Optional<Imported> part = imported(store, Bytes.cut(archive, length));
            assertThat(part.filter(Imported::isComplete)).as("cut at byte %d", length).isEmpty();
            long taken = part.map(Imported::imported).orElse(0L);
            assertThat(Same.ids(store.stored())).isEqualTo(Same.ids(source.stored()).subList(0, (int) taken));
            Imported rest = into(store).importAll(Bytes.of(archive), SILENT);
            assertThat(rest.isComplete()).isTrue();
            assertThat(rest.imported() + rest.equal()).isEqualTo(25);
            Same.expect(source.stored(), store.stored());
        }
    }

    /** Empty when not even the first line could be read. */
    private static Optional<Imported> imported(ReferenceStore store, ByteSource archive) {
        try {
            return Optional.of(into(store).importAll(archive, SILENT));
        } catch (ArchiveDamaged noFirstLine) {
            return Optional.empty();
        }
    }

    @Test
    void an_import_through_a_store_that_runs_every_work_twice_or_fails_is_whole() {
        new Population(source, 5).add(25);
        byte[] archive = export(source);
        var twice = new RunTwice(target);

        var service = new ArchiveService(retrying(twice), target.stored(), new GzipArchiveFormat(), "reference",
                Samples::now);
        assertThat(service.importAll(Bytes.of(archive), SILENT).isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
    }

    @Test
    void what_is_there_with_another_content_is_a_conflict_and_stays() {
        new Population(source, 6).add(16);
        byte[] archive = export(source);
        List<ConversationId> ids = Same.ids(source.stored());
        ConversationId taken = ids.get(5);
        target.transact(taken, tx -> {
            tx.record(Samples.started(taken, Samples.ALICE, Samples.title("my own")));
            return true;
        });
        StoredWindow before = target.stored().read(taken, Window.first(10)).orElseThrow();

        Imported done = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(done.conflicts().first()).containsExactly(taken);
        assertThat(done.imported()).isEqualTo(15);
        assertThat(done.isComplete()).isFalse();
        assertThat(target.stored().read(taken, Window.first(10))).contains(before);
        assertThat(compare(archive, export(target)).different().first()).containsExactly(taken);
    }

    @Test
    void a_comparison_names_what_is_missing_surplus_and_different() {
        new Population(source, 7).add(16);
        into(target).importAll(Bytes.of(export(source)), SILENT);
        List<ConversationId> ids = Same.ids(source.stored());
        ConversationId surplus = new ConversationId(new UUID(1, 1));
        target.transact(surplus, tx -> {
            tx.record(Samples.started(surplus));
            return true;
        });
        change(target, ids.get(3));
        purge(target, ids.get(8));
        purge(target, ids.getLast());

        Compared compared = into(target).compare(new Side.Archive(Bytes.of(export(source))),
                new Side.Stored(Optional.empty()), SILENT);
        assertThat(compared.isEqual()).isFalse();
        assertThat(compared.equal()).isEqualTo(13);
        assertThat(compared.missing().first()).containsExactly(ids.get(8), ids.getLast());
        assertThat(compared.surplus().first()).containsExactly(surplus);
        assertThat(compared.different().first()).containsExactly(ids.get(3));
    }

    @Test
    void sessions_and_turns_that_changed_alone_are_a_difference() {
        ConversationId id = Samples.newConversationId();
        source.transact(id, tx -> {
            tx.record(Samples.started(id));
            return true;
        });
        byte[] before = export(source);
        source.transact(id, tx -> {
            tx.record(new SessionStarted(SessionSamples.session(id), Samples.now()));
            return true;
        });
        assertThat(compare(before, export(source)).different().first()).containsExactly(id);
    }

    @Test
    void a_conversation_that_is_larger_than_one_commit_is_named_and_the_others_are_imported() {
        ConversationId large = Samples.newConversationId();
        ConversationId small = Samples.newConversationId();
        source.transact(small, tx -> {
            tx.record(Samples.started(small));
            return true;
        });
        List<Message> messages = new ArrayList<>();
        for (int position = 1; position <= 9_999; position++) {
            messages.add(new Message(new MessageId(new UUID(7, position)), position, Role.USER, "x", Optional.empty(),
                    Metadata.EMPTY, Samples.now(), Optional.empty(), Version.FIRST, Samples.digest("x")));
        }
        var head = new Conversation(large, Samples.ALICE, Optional.empty(), Metadata.EMPTY, Version.FIRST,
                messages.size(), Instant.EPOCH, Samples.now(), Optional.empty(), Optional.empty(), Optional.empty(),
                Samples.digest("large"));
        source.transact(large, tx -> {
            tx.record(Conversation.importing(head, messages, Samples.now()));
            tx.record(tx.conversation().append(MessageDraft.of(Samples.newMessageId(), Role.USER, "10,000"),
                    Samples.now()));
            return true;
        });
        var fits = into(new ReferenceStore()).importAll(Bytes.of(export(source)), SILENT);
        assertThat(fits.isComplete()).isTrue();
        change(source, large);

        Imported done = into(target).importAll(Bytes.of(export(source)), SILENT);
        assertThat(done.tooLarge().first()).containsExactly(large);
        assertThat(done.isComplete()).isFalse();
        assertThat(Same.ids(target.stored())).containsExactly(small);
        assertThat(into(target).compare(new Side.Archive(Bytes.of(export(source))), new Side.Stored(Optional.empty()),
                SILENT).missing().first()).containsExactly(large);
    }

    @Test
    void lines_that_were_changed_removed_or_moved_are_noticed() throws IOException {
        new Population(source, 9).add(12);
        byte[] archive = export(source);
        List<String> lines = lines(archive);
        int message = indexOf(lines, "{\"message\":");
        int session = indexOf(lines, "{\"turn\":");
        for (int removed : new int[]{message, session, indexOf(lines, "{\"end\":"),
                indexOf(lines, "{\"conversation\":"),
                lines.size() - 1}) {
            var without = new ArrayList<>(lines);
            without.remove(removed);
            expectIncomplete(without, "without line " + removed);
        }
        var changed = new ArrayList<>(lines);
        changed.set(message, changed.get(message).replaceFirst("\"text\":\"", "\"text\":\"not "));
        Imported done = expectIncomplete(changed, "a changed text");
        assertThat(done.invalid().count()).isOne();
        var doubled = new ArrayList<>(lines);
        doubled.add(message, doubled.get(message));
        expectIncomplete(doubled, "a message twice");
        var more = new ArrayList<>(lines);
        more.add(lines.getLast());
        expectIncomplete(more, "two last lines");
        // A whole conversation taken out: only the last line knows.
        var fewer = new ArrayList<>(lines);
        int end = indexOf(lines, "{\"end\":");
        fewer.subList(1, end + 1).clear();
        assertThat(expectIncomplete(fewer, "a conversation less").damage()).isPresent();
    }

    private static Imported expectIncomplete(List<String> lines, String what) throws IOException {
        var store = new ReferenceStore();
        Imported done = into(store).importAll(Bytes.of(compressed(lines)), SILENT);
        assertThat(done.isComplete()).as(what).isFalse();
        assertThat(Same.ids(store.stored())).as(what).hasSize((int) done.imported());
        return done;
    }

    @Test
    void a_conversation_that_is_changed_while_it_is_read_is_exported_as_of_one_moment() {
        ConversationId id = Samples.newConversationId();
        source.transact(id, tx -> {
            tx.record(Samples.started(id));
            for (int i = 0; i < 990; i++) {
                tx.record(tx.conversation().append(Samples.draft("generation 0"), Samples.now()));
            }
            return true;
        });
        source.transact(id, tx -> {
            for (int i = 0; i < 500; i++) {
                tx.record(tx.conversation().append(Samples.draft("generation 0"), Samples.now()));
            }
            return true;
        });
        var reads = new int[1];
        StoredConversations changing = new Reading(source.stored()) {
            @Override
            public Optional<StoredWindow> read(ConversationId read, Window window) {
                Optional<StoredWindow> found = super.read(read, window);
                if (reads[0]++ < 3) {
                    // Behind the reader's back: a message of the second window changes.
                    source.transact(read, tx -> {
                        tx.conversation().edit(tx.messageAt(1_200).orElseThrow(), "generation " + reads[0],
                                Optional.empty(), Metadata.EMPTY, Samples.now()).ifPresent(tx::record);
                        return true;
                    });
                }
                return found;
            }
        };
        var out = new ByteArrayOutputStream();
        Exported written = new ArchiveService(retrying(source), changing, new GzipArchiveFormat(), "reference",
                Samples::now).export(Selection.ALL, out::write, SILENT);

        assertThat(reads[0]).as("attempts of two windows").isEqualTo(6);
        assertThat(written.conversations()).isOne();
        assertThat(into(target).importAll(Bytes.of(out.toByteArray()), SILENT).isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
    }

    @Test
    void a_damaged_conversation_is_named_in_the_export_and_in_the_import() {
        new Population(source, 10).add(16);
        Set<ConversationId> damaged = new HashSet<>(Same.ids(source.stored()).subList(3, 5));
        StoredConversations partly = new Reading(source.stored()) {
            @Override
            public Optional<StoredWindow> read(ConversationId id, Window window) {
                if (damaged.contains(id)) {
                    throw new ConversationDamaged(id);
                }
                return super.read(id, window);
            }
        };
        var out = new ByteArrayOutputStream();
        Exported written = new ArchiveService(retrying(source), partly, new GzipArchiveFormat(), "reference",
                Samples::now).export(Selection.ALL, out::write, SILENT);

        assertThat(written.isComplete()).isFalse();
        assertThat(written.missingCount()).isEqualTo(2);
        Imported done = into(target).importAll(Bytes.of(out.toByteArray()), SILENT);
        assertThat(done.missing().first()).containsExactlyInAnyOrderElementsOf(damaged);
        assertThat(done.imported()).isEqualTo(14);
        assertThat(done.isComplete()).isFalse();
    }

    /** Passes calls on. */
    private static class Reading implements StoredConversations {
        private final StoredConversations stored;

        Reading(StoredConversations stored) {
            this.stored = stored;
        }

        @Override
        public List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit) {
            return stored.ids(owner, after, limit);
        }

        @Override
        public Optional<StoredWindow> read(ConversationId id, Window window) {
            return stored.read(id, window);
        }
    }

    private static ArchiveService into(ReferenceStore store) {
        return new ArchiveService(retrying(store), store.stored(), new GzipArchiveFormat(), "reference", Samples::now);
    }

    private static RetryingConversationStore retrying(ConversationStore store) {
        return new RetryingConversationStore(store, Duration.ofSeconds(10), (_, _) -> {
        });
    }

    private static byte[] export(ReferenceStore store) {
        var out = new ByteArrayOutputStream();
        assertThat(into(store).export(Selection.ALL, out::write, SILENT).isComplete()).isTrue();
        return out.toByteArray();
    }

    private Compared compare(byte[] one, byte[] other) {
        return into(source).compare(new Side.Archive(Bytes.of(one)), new Side.Archive(Bytes.of(other)), SILENT);
    }

    private static void change(ReferenceStore store, ConversationId id) {
        store.transact(id, tx -> {
            UnaryOperator<String> text = old -> old + "!";
            if (tx.find().orElseThrow().isDeleted()) {
                tx.record(tx.find().orElseThrow().restore(Samples.now()).orElseThrow());
            }
            tx.messageAt(1).flatMap(first -> tx.conversation().edit(first, text.apply(first.text()), first.data(),
                    first.metadata(), Samples.now())).ifPresent(tx::record);
            tx.record(tx.conversation().append(Samples.draft("one more"), Samples.now()));
            return true;
        });
    }

    private static void purge(ReferenceStore store, ConversationId id) {
        store.transact(id, tx -> {
            tx.activity().cancel(Samples.now()).ifPresent(tx::record);
            tx.find().orElseThrow().delete(Samples.now()).ifPresent(tx::record);
            tx.record(tx.find().orElseThrow().purge(Samples.now()));
            return true;
        });
    }

    private static List<String> lines(byte[] archive) throws IOException {
        try (var text = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            return List.of(new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)).stream()
                    .filter(line -> !line.isEmpty()).toList();
        }
    }

    private static byte[] compressed(List<String> lines) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var text = new GZIPOutputStream(out)) {
            text.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line " + start);
    }
}
