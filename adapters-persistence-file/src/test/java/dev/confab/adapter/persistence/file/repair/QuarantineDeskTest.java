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
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            Matcher right = Pattern.compile("as it is now it is ([0-9a-f]{8})")
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
