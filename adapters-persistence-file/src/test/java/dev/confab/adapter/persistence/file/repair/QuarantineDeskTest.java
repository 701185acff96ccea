package dev.confab.adapter.persistence.file.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged conversation is looked at, repaired by hand, and put back with all that was committed; or it is dropped. */
class QuarantineDeskTest {
    @TempDir
    Path data;

    private final ConversationId id = Samples.newConversationId();
    private Path head = Path.of("");
    private byte[] rightHead = {};
    private String commitTwo = "";

    /** The head is damaged, and a commit that came after it is in the journal. */
    @BeforeEach
    void damage() throws IOException {
        FileStore store = open();
        store.transact(id, Transactions.begin(Samples.started(id)));
        append(store, "one");
        store.close();
        head = data.resolve("conversations/" + id + ".json");
        rightHead = Files.readAllBytes(head);
        store = open();
        append(store, "two");
        String line = Files.readString(data.resolve("journal/00000002.jsonl")).strip();
        commitTwo = StoredJson.MAPPER.readTree(line).get(1).get("commits").get(0).toString();
        store.close();
        Files.write(data.resolve("conversations/" + id + ".json"), damaged(Files.readAllBytes(head)));
        open().close();
    }

    @Test
    void a_repaired_conversation_is_back_with_every_message_and_is_found() throws IOException {
        try (var desk = new QuarantineDesk(data)) {
            assertThat(desk.list()).singleElement().satisfies(entry -> {
                assertThat(entry.id()).isEqualTo(id.toString());
                assertThat(entry.finding()).contains("cannot be restored", "checksum");
            });
            assertThatThrownBy(() -> desk.restore(id.toString())).isInstanceOf(FileDamaged.class);
            // What show says about the checksum is what makes the line valid.
            Path inQuarantine = data.resolve("quarantine/" + id + ".json.corrupt");
            Matcher right = Pattern.compile("as it is now has the checksum ([0-9a-f]{8})")
                    .matcher(String.join("\n", desk.show(id.toString())));
            assertThat(right.find()).isTrue();
            String line = Files.readString(inQuarantine);
            Files.writeString(inQuarantine, "[\"" + right.group(1) + line.substring(10));
            assertThat(desk.list().getFirst().finding()).isEqualTo("can be restored, with 2 messages");

            desk.restore(id.toString());

            assertThat(desk.list()).isEmpty();
        }
        assertThat(data.resolve("restore.tmp")).doesNotExist();
        FileStore store = open();
        assertThat(store.health().damaged()).isEmpty();
        assertThat(texts(store)).containsExactly("one", "two");
        var query = new SearchQuery("two", false, Optional.empty(), 10, Optional.empty());
        assertThat(store.reader().search(Samples.ALICE, query, Samples.now()).items()).hasSize(1);
        append(store, "three");
        store.close();
        store = open();
        assertThat(texts(store)).containsExactly("one", "two", "three");
        store.close();
    }

    /** The head is an older one, from a backup; quarantine has the commits that came after it. */
    @Test
    void commits_of_the_journal_are_repeated() throws IOException {
        Path quarantine = data.resolve("quarantine");
        Files.write(quarantine.resolve(id + ".json.corrupt"), rightHead);
        Files.writeString(quarantine.resolve(id + ".journal-00000002.jsonl.corrupt"), commitTwo + "\n");

        try (var desk = new QuarantineDesk(data)) {
            assertThat(desk.list().getFirst().finding()).isEqualTo("can be restored, with 2 messages");
            desk.restore(id.toString());
        }

        FileStore store = open();
        assertThat(texts(store)).containsExactly("one", "two");
        store.close();
    }

    @Test
    void commits_that_do_not_fit_are_no_reason_to_restore_half_a_conversation() throws IOException {
        Path quarantine = data.resolve("quarantine");
        Files.write(quarantine.resolve(id + ".json.corrupt"), rightHead);
        Files.writeString(quarantine.resolve(id + ".journal-00000002.jsonl.corrupt"),
                commitTwo.replace("\"position\":2", "\"position\":3") + "\n");

        try (var desk = new QuarantineDesk(data)) {
            assertThat(desk.list().getFirst().finding()).contains("cannot be restored", "commit 3 of the journal");
            assertThatThrownBy(() -> desk.restore(id.toString())).isInstanceOf(FileDamaged.class);
            assertThat(head).doesNotExist();
        }
    }

    @Test
    void a_dropped_conversation_is_gone_and_its_id_is_free() throws IOException {
        try (var desk = new QuarantineDesk(data)) {
            desk.drop(id.toString());
            assertThat(desk.list()).isEmpty();
            assertThatThrownBy(() -> desk.drop(id.toString())).isInstanceOf(FileDamaged.class);
        }

        FileStore store = open();
        assertThat(store.health().damaged()).isEmpty();
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.close();
    }

    @Test
    void a_directory_that_is_open_or_is_none_is_refused(@TempDir Path empty) {
        FileStore store = open();

        assertThatThrownBy(() -> new QuarantineDesk(data)).isInstanceOf(DirectoryRefused.class)
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> new QuarantineDesk(empty)).isInstanceOf(DirectoryRefused.class)
                .hasMessageContaining("is not a data directory");
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            without head      | .json.corrupt, its head, is missing
            without messages  | .1.jsonl.corrupt, its messages file, is missing
            second head       | .json-2.corrupt is a second version
            malformed head    | the head cannot be read: Unexpected character
            other conversation| the head is of another conversation
            malformed commits | .journal-00000002.jsonl.corrupt cannot be read
            already in place  | conversations/ has a conversation with this id already
            """)
    void a_conversation_that_cannot_be_restored_is_refused_with_the_reason_and_not_changed(String damage, String reason)
            throws IOException {
        Path quarantine = data.resolve("quarantine");
        Path quarantined = quarantine.resolve(id + ".json.corrupt");
        Files.write(quarantined, rightHead);
        switch (damage) {
            case "without head" -> Files.delete(quarantined);
            case "without messages" -> Files.delete(quarantine.resolve(id + ".1.jsonl.corrupt"));
            case "second head" -> Files.write(quarantine.resolve(id + ".json-2.corrupt"), rightHead);
            case "malformed head" -> Files.write(quarantined, withChecksum("{\"commit\":1,}"));
            case "other conversation" -> Files.write(quarantined, withChecksum(json(rightHead).replace("\"id\":\"" + id,
                    "\"id\":\"" + Samples.newConversationId())));
            case "malformed commits" ->
                Files.writeString(quarantine.resolve(id + ".journal-00000002.jsonl.corrupt"), "{\"commit\":\n");
            case "already in place" -> Files.write(head, rightHead);
            default -> throw new AssertionError(damage);
        }
        var before = contents();

        try (var desk = new QuarantineDesk(data)) {
            assertThatThrownBy(() -> desk.restore(id.toString())).isInstanceOfSatisfying(FileDamaged.class,
                    refused -> assertThat(refused.reason()).contains(reason).doesNotContain("\n"));
            if (!damage.equals("already in place")) {
                assertThat(desk.list()).singleElement()
                        .satisfies(entry -> assertThat(entry.finding()).contains("cannot be restored", reason));
            }
        }

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void parts_of_the_journal_and_files_of_deleted_conversations_are_listed_as_such_and_can_be_dropped()
            throws IOException {
        Path quarantine = data.resolve("quarantine");
        Files.writeString(quarantine.resolve("00000007.jsonl.from-12.corrupt"), "x");
        ConversationId deleted = Samples.newConversationId();
        Files.writeString(quarantine.resolve("removed-" + deleted + ".json.corrupt"), "x");
        Files.writeString(quarantine.resolve("removed-" + deleted + ".1.jsonl.corrupt"), "x");

        try (var desk = new QuarantineDesk(data)) {
            assertThat(desk.list()).extracting(QuarantineEntry::id).containsExactlyInAnyOrder(id.toString(),
                    "00000007.jsonl.from-12", "removed-" + deleted);
            assertThat(desk.show("00000007.jsonl.from-12").getLast()).contains("a part of the journal");
            assertThat(desk.show("removed-" + deleted)).hasSize(5)
                    .last().asString().contains("a conversation that was deleted");
            for (String part : List.of("00000007.jsonl.from-12", "removed-" + deleted)) {
                assertThatThrownBy(() -> desk.restore(part)).isInstanceOf(FileDamaged.class);
                desk.drop(part);
            }
            assertThat(desk.list()).extracting(QuarantineEntry::id).containsExactly(id.toString());
        }
    }

    @Test
    void one_that_a_later_commit_purged_is_not_restored() throws IOException {
        Path quarantine = data.resolve("quarantine");
        Files.write(quarantine.resolve(id + ".json.corrupt"), rightHead);
        Files.writeString(quarantine.resolve(id + ".journal-00000002.jsonl.corrupt"),
                "{\"commit\":1000,\"conversation\":\"" + id + "\",\"events\":[{\"event\":\"purged\",\"version\":1,"
                        + "\"at\":\"2026-01-01T00:00:00Z\"}]}\n");

        try (var desk = new QuarantineDesk(data)) {
            assertThat(desk.list().getFirst().finding()).contains("cannot be restored", "deleted it permanently");
            assertThatThrownBy(() -> desk.restore(id.toString())).isInstanceOf(FileDamaged.class);
        }
        assertThat(head).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"2, older version", "3, older version", "999, this version of Confab reads format 4"})
    void a_directory_of_another_format_is_refused(String format, String reason) throws IOException {
        Files.writeString(data.resolve("format"), format + "\n");

        assertThatThrownBy(() -> new QuarantineDesk(data)).isInstanceOf(DirectoryRefused.class)
                .hasMessageContaining(reason);
    }

    private Map<String, String> contents() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(data.resolve("quarantine")),
                Files.list(data.resolve("conversations")))) {
            return files.collect(Collectors.toMap(Path::toString, QuarantineDeskTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withChecksum(String json) {
        return ChecksummedLine.of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Between the checksum and the bracket with the newline. */
    private static String json(byte[] line) {
        return new String(line, ChecksummedLine.PREFIX, line.length - ChecksummedLine.PREFIX - 2,
                StandardCharsets.UTF_8);
    }

    private static byte[] damaged(byte[] line) {
        byte[] damaged = line.clone();
        damaged[3] ^= 1;
        return damaged;
    }

    private void append(FileStore store, String text) {
        store.transact(id, Transactions.append(Samples.draft(text), Samples.now()));
    }

    private List<String> texts(FileStore store) {
        return store.reader().read(id, Window.first(10), Samples.now()).messages().stream().map(Message::text).toList();
    }

    private FileStore open() {
        return FileStore.open(FileStoreSettings.of(data), new FileStoreObserver() {
        });
    }
}
