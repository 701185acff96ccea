package dev.confab.bootstrap.archive;

import static dev.confab.bootstrap.archive.Archiving.SILENT;
import static dev.confab.bootstrap.archive.Archiving.compare;
import static dev.confab.bootstrap.archive.Archiving.export;
import static dev.confab.bootstrap.archive.Archiving.into;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Selection;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Archives that were cut or changed: an export is resumed, and an import notices it. */
class InterruptedArchivesTest {
    private final ReferenceStore source = new ReferenceStore();

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
    void an_import_that_was_cut_anywhere_reports_it_and_is_completed_by_the_next_one() {
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
