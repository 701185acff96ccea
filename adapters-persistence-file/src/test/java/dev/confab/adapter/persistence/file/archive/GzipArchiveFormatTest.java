package dev.confab.adapter.persistence.file.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionLifecycle;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine.Discarded;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Head;
import dev.confab.domain.archive.ArchiveLine.Header;
import dev.confab.domain.archive.ArchiveLine.MessageLine;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ArchiveLine.SessionLine;
import dev.confab.domain.archive.ArchiveLine.Total;
import dev.confab.domain.archive.ArchiveLine.TurnLine;
import dev.confab.domain.archive.ArchiveLine;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines become bytes, and the same lines again; anything else is said. */
class GzipArchiveFormatTest {
    /** The same in all tests: the samples have other ids and times each time. */
    private static final List<ArchiveLine> LINES = make();

    private final ArchiveFormat format = new GzipArchiveFormat();

    @Test
    void lines_of_every_kind_are_read_as_they_were_written() {
        assertThat(LINES.stream().map(Object::getClass).distinct())
                .hasSameSizeAs(ArchiveLine.class.getPermittedSubclasses());
        assertThat(read(write(LINES))).isEqualTo(LINES);
    }

    @Test
    void a_line_is_a_json_object_on_a_line() throws IOException {
        byte[] archive = write(LINES);

        try (var text = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSameSizeAs(LINES).allMatch(line -> line.startsWith("{\"") && line.endsWith("}"))
                    .first().asString().contains("\"confab\":{\"version\":1,");
        }
    }

    @Test
    void an_archive_that_is_cut_anywhere_gives_its_first_lines_and_then_an_error() {
        List<ArchiveLine> lines = LINES;
        byte[] archive = write(lines.subList(0, 12));

        for (int length = 0; length < archive.length; length++) {
            var reader = reader(Arrays.copyOf(archive, length), 1 + length % 7);
            List<ArchiveLine> found = new ArrayList<>();
            assertThatThrownBy(() -> readAll(reader, found)).as("cut at byte %d", length)
                    .isInstanceOf(ArchiveDamaged.class).hasMessageContaining("cut");
            assertThat(found).isEqualTo(lines.subList(0, found.size()));
        }
    }

    @Test
    void flushed_lines_can_be_read_although_the_archive_is_cut() {
        var out = new ByteArrayOutputStream();
        var writer = format.writer(out::write);
        LINES.subList(0, 5).forEach(writer::write);
        writer.flush();

        List<ArchiveLine> found = new ArrayList<>();
        assertThatThrownBy(() -> readAll(reader(out.toByteArray(), 100), found)).isInstanceOf(ArchiveDamaged.class);
        assertThat(found).isEqualTo(LINES.subList(0, 5));
    }

    @Test
    void an_archive_that_was_compressed_in_parts_is_read_to_its_end() throws IOException {
        List<ArchiveLine> lines = LINES.subList(0, 6);
        byte[] plain;
        try (var text = new GZIPInputStream(new ByteArrayInputStream(write(lines)))) {
            plain = text.readAllBytes();
        }
        var parts = new ByteArrayOutputStream();
        for (int from = 0; from < plain.length; from += 100) {
            try (var part = new GZIPOutputStream(parts)) {
                part.write(plain, from, Math.min(100, plain.length - from));
            }
        }

        assertThat(read(parts.toByteArray())).isEqualTo(lines);
    }

    /** A few bits of a compressed text say nothing, such as those that fill up the byte before a flushed block. */
    @Test
    void a_changed_bit_is_noticed_at_the_latest_at_the_end_unless_it_changes_no_line() {
        List<ArchiveLine> lines = LINES.subList(0, 6);
        byte[] archive = write(lines);
        int noticed = 0;
        int bits = (archive.length - 18) * Byte.SIZE;
        for (int bit = 0; bit < bits; bit++) {
            byte[] changed = archive.clone();
            changed[10 + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(read(changed)).as("bit %d", bit).isEqualTo(lines);
            } catch (ArchiveDamaged expected) {
                noticed++;
            }
        }
        assertThat(noticed).as("bits of %d", bits).isGreaterThan(bits * 99 / 100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"confab":{"version":2,"store":"file","at":"2026-03-01T09:00:00.250Z"}} | it has the version 2
            {"confab":{"store":"file","at":"2026-03-01T09:00:00.250Z"}}            | line 1 is no line
            {"poem":{}}                                                           | its kind "poem" is not known
            {"total":{},"end":{}}                                                 | not an object with one member
            []                                                                    | not an object with one member
            {"session":{}}                                                        | no conversation has begun
            nonsense                                                              | line 1 is no line
            """)
    void a_line_that_is_none_is_named(String line, String reason) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(out)) {
            compressed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> read(out.toByteArray())).isInstanceOf(ArchiveDamaged.class)
                .hasMessageContaining(reason);
    }

    @Test
    void an_uncompressed_file_is_no_archive() {
        assertThatThrownBy(() -> read("{\"confab\":{}}\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ArchiveDamaged.class).hasMessage("this is no archive: it is not compressed with gzip");
    }

    /** Lines of every kind, in no sensible order, with all kinds of sessions, turns and texts. */
    private static List<ArchiveLine> make() {
        ConversationId id = ConversationId.parse("019c0f2e-7a00-7000-8000-000000000001");
        Conversation head = Conversation.from(Samples.started(id, Samples.ALICE, Samples.title("title")));
        var lines = new ArrayList<ArchiveLine>();
        lines.add(new Header("file", Optional.of(Samples.BOB), Optional.of(id), Samples.now()));
        lines.add(new Header("jpa", Optional.empty(), Optional.empty(), Samples.now()));
        lines.add(new Head(head));
        EdgeCaseTexts.SHORT.forEach(text -> lines.add(new MessageLine(head.append(Samples.draft(text), Samples.now())
                .message())));
        for (SessionLifecycle.Commit commit : SessionLifecycle.in(id)) {
            commit.after().sessions().forEach(session -> lines.add(new SessionLine(session)));
            commit.after().turns().forEach(turn -> lines.add(new TurnLine(turn)));
        }
        lines.add(new End(id, 1, 2, 3, Samples.digest("end")));
        lines.add(new Discarded(id));
        lines.add(new Missing(id, "damaged"));
        lines.add(new Total(1, 2, 3, Samples.digest("total")));
        return lines;
    }

    private byte[] write(List<ArchiveLine> lines) {
        var out = new ByteArrayOutputStream();
        var writer = format.writer(out::write);
        lines.forEach(writer::write);
        writer.end();
        return out.toByteArray();
    }

    private List<ArchiveLine> read(byte[] archive) {
        List<ArchiveLine> found = new ArrayList<>();
        readAll(reader(archive, 8192), found);
        return found;
    }

    private static void readAll(ArchiveFormat.Reader reader, List<ArchiveLine> found) {
        for (Optional<ArchiveLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            found.add(line.get());
        }
    }

    /** @param most bytes that the source gives at once */
    private ArchiveFormat.Reader reader(byte[] archive, int most) {
        var in = new ByteArrayInputStream(archive);
        ByteSource source = (bytes, offset, length) -> in.read(bytes, offset, Math.min(length, most));
        return format.reader(source);
    }
}
