package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.DirectoryInUse;
import dev.confab.adapter.persistence.file.erasure.OwnerSearch;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Lifetime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure no file of the data directory has anything of the owner: the files themselves are read. */
class FileErasureTest {
    /** In JSON it needs escapes, and it is a part of another owner's name. */
    private static final OwnerId ANN = new OwnerId("ann \"\\ é");
    private static final OwnerId ANNA = new OwnerId("ann \"\\ éa");
    private static final String SAID = "what was said";

    @TempDir
    Path directory;
    private FileStore store;

    @BeforeEach
    void open() {
        store = FileStore.open(FileStoreSettings.of(directory), new FileStoreObserver() {
        });
    }

    private ConversationId talk(OwnerId owner, String text) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id, owner, Samples.title(text))));
        store.transact(id, Transactions.append(Samples.draft(text), Samples.now()));
        store.transact(id, SessionTransactions.begin(SessionSamples.session(SessionSamples.newSessionId(), id, owner,
                new Lifetime.Permanent(), Samples.now())));
        return id;
    }

    @Test
    void right_after_the_erasure_no_file_has_the_owner_or_the_texts() throws IOException {
        ConversationId old = talk(ANN, SAID);
        ConversationId annas = talk(ANNA, "kept");
        store.checkpoint();
        ConversationId recent = talk(ANN, SAID);
        assertThat(filesWith(SAID)).isNotEmpty();

        store.erase(ANN);

        assertThat(filesWith(SAID)).isEmpty();
        assertThat(filesWith(old.toString())).isEmpty();
        assertThat(filesWith(recent.toString())).isEmpty();
        store.close();
        assertThat(search(ANN)).isEqualTo(new OwnerSearch.Result(List.of(), List.of()));
        assertThat(search(ANNA).found()).hasSizeGreaterThan(1);
        open();
        assertThat(store.transact(annas, Transactions::version)).isEqualTo(2);
        store.close();
    }

    @Test
    void the_search_finds_the_owner_wherever_something_is() throws IOException {
        talk(ANN, SAID);
        store.keys().create(ApiKeySamples.apiKey(ANN));
        store.abandon();
        assertThat(search(ANN).found()).anyMatch(place -> place.startsWith("journal/")).contains("keys.json");
        open();
        ConversationId id = talk(ANN, SAID);
        store.close();

        OwnerSearch.Result result = search(ANN);

        assertThat(result.found()).contains("keys.json", "conversations/" + id + ".json")
                .anyMatch(place -> place.startsWith("index/"));
        assertThat(result.unattributed()).isEmpty();
        assertThat(search(new OwnerId("ann")).found()).isEmpty();
    }

    @Test
    void metadata_of_others_that_look_like_the_owner_are_not_the_owners() throws IOException {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Conversation.start(id, ANNA, Optional.empty(),
                new Metadata(Map.of("owner", ANN.value())), Samples.digest("x"), Samples.now())));
        store.close();

        assertThat(search(ANN).found()).isEmpty();
    }

    @Test
    void a_line_that_cannot_be_read_counts_if_it_names_the_owner() throws IOException {
        ConversationId id = talk(ANN, SAID);
        store.close();
        Path head = directory.resolve("conversations").resolve(id + ".json");
        String line = Files.readString(head);
        Files.writeString(head, line.substring(0, line.length() - 20));

        assertThat(search(ANN).found()).contains("conversations/" + id + ".json");
    }

    @Test
    void deleted_entries_stay_in_the_index_until_an_erasure() throws IOException {
        ConversationId id = talk(ANN, SAID);
        // So few deleted documents that Lucene does not merge the segment by itself.
        IntStream.range(0, 30).forEach(_ -> talk(ANNA, "kept"));
        store.checkpoint();
        store.transact(id, Transactions.move(head -> head.delete(Samples.now())));
        store.transact(id, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
        store.close();
        assertThat(search(ANN).found()).singleElement().asString().startsWith("index/");

        open();
        store.erase(ANN);
        store.close();

        assertThat(search(ANN).found()).isEmpty();
    }

    @Test
    void the_owners_files_in_quarantine_are_deleted_and_files_of_unknown_owners_are_counted() throws IOException {
        ConversationId id = talk(ANN, SAID);
        ConversationId annas = talk(ANNA, "kept");
        store.checkpoint();
        store.close();
        Path quarantine = directory.resolve("quarantine");
        for (ConversationId one : List.of(id, annas)) {
            for (String name : List.of(one + ".json", one + ".1.jsonl")) {
                Files.copy(directory.resolve("conversations").resolve(name),
                        quarantine.resolve("removed-" + name + ".corrupt"));
            }
        }
        Path lost = quarantine.resolve("00000007.jsonl.corrupt");
        Files.writeString(lost, "a part of the journal");
        open();

        assertThat(store.erase(ANN).unattributed()).isEqualTo(1);

        store.close();
        try (var left = Files.list(quarantine)) {
            assertThat(left).containsExactlyInAnyOrder(lost,
                    quarantine.resolve("removed-" + annas + ".json.corrupt"),
                    quarantine.resolve("removed-" + annas + ".1.jsonl.corrupt"));
        }
        assertThat(search(ANN)).isEqualTo(
                new OwnerSearch.Result(List.of(), List.of("quarantine/00000007.jsonl.corrupt")));
    }

    @Test
    void a_directory_that_a_process_has_open_is_not_searched() {
        assertThatThrownBy(() -> search(ANN)).isInstanceOf(DirectoryInUse.class);
        store.close();
    }

    private OwnerSearch.Result search(OwnerId owner) throws IOException {
        try (var search = new OwnerSearch(directory)) {
            return search.search(owner);
        }
    }

    /** The files that have these bytes, but for those of the index, which compresses them. */
    private List<Path> filesWith(String text) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
