package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes, moves or replaces the directory of an open store, or a part of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows does not allow moving an open file")
class LostDirectoryTest {
    @TempDir
    Path temporary;

    private final ConversationId id = Samples.newConversationId();
    private Path data = Path.of("");
    @AutoClose
    private FileStore store;

    @BeforeEach
    void open() {
        data = temporary.resolve("data");
        store = open(data);
        store.transact(id, Transactions.begin(Samples.started(id)));
        append(store);
    }

    @Test
    void no_commit_is_acknowledged_once_the_lock_file_is_removed() throws IOException {
        Files.delete(data.resolve("confab.lock"));

        assertStopped("confab.lock");
    }

    @Test
    void no_commit_is_acknowledged_once_the_directory_is_moved() throws IOException {
        Files.move(data, temporary.resolve("elsewhere"));

        assertStopped("confab.lock");
    }

    @Test
    void no_commit_is_acknowledged_once_the_directory_is_replaced_by_a_copy() throws IOException {
        Path original = temporary.resolve("original");
        Files.move(data, original);
        copy(original, data);

        assertStopped("confab.lock");
    }

    @Test
    void no_commit_is_acknowledged_once_the_journal_is_removed() throws IOException {
        delete(data.resolve("journal"));

        assertStopped("journal");
    }

    @Test
    void no_change_of_api_keys_is_acknowledged_once_the_directory_is_replaced_by_a_copy() throws IOException {
        ApiKey kept = ApiKeySamples.apiKey(Samples.ALICE);
        store.keys().create(kept);
        Path original = temporary.resolve("original");
        Files.move(data, original);
        copy(original, data);

        assertThatThrownBy(() -> store.keys().revoke(kept.id(), Samples.now())).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("no longer the one that was opened");

        assertThat(store.health().failure()).isPresent();
        assertThat(Files.readAllBytes(data.resolve("keys.json")))
                .isEqualTo(Files.readAllBytes(original.resolve("keys.json")));
    }

    @Test
    void a_lost_directory_is_noticed_without_writes() throws IOException {
        Files.move(data, temporary.resolve("elsewhere"));

        TestThreads.await(() -> store.health().failure().isPresent());
    }

    @Test
    void the_conversations_of_a_lost_directory_are_unavailable_and_not_damaged() throws IOException {
        store.checkpoint();
        Files.move(data, temporary.resolve("elsewhere"));

        assertThatThrownBy(() -> Snapshot.of(store, id)).isInstanceOf(StorageUnavailable.class);
        assertThat(store.health().damaged()).isEmpty();
    }

    /** The second one opens with all that was acknowledged, and the first one acknowledges nothing from then on. */
    @Test
    void of_two_stores_after_the_lock_file_was_removed_only_the_second_goes_on() throws IOException {
        Files.delete(data.resolve("confab.lock"));
        FileStore second = open(data);

        assertThatThrownBy(() -> append(store)).isInstanceOf(StorageException.class);
        assertThatThrownBy(store::checkpoint).isInstanceOf(StorageException.class);
        append(second);
        assertThat(Snapshot.of(second, id).messages()).hasSize(2);
        store.close();
        second.close();
        FileStore third = open(data);
        assertThat(Snapshot.of(third, id).messages()).hasSize(2);
        third.close();
    }

    @Test
    void a_removed_index_is_built_again_while_the_store_is_open() throws IOException {
        delete(data.resolve("index"));

        // Lucene keeps its files open, and needs a new one when its buffer is full: a few long messages fill it.
        TestThreads.await(() -> {
            store.transact(id, Transactions.append(Samples.draft("text " + manyWords()), Samples.now()));
            return Files.isDirectory(data.resolve("index"));
        });
        TestThreads.await(() -> store.health().problems().isEmpty());
        assertThat(found()).as("in %s", Snapshot.of(store, id).messages().size())
                .isEqualTo(Math.min(100, Snapshot.of(store, id).messages().size()));
        assertThat(store.health().failure()).isEmpty();
    }

    private static String manyWords() {
        return IntStream.range(0, 5_000).mapToObj(n -> "w" + n).collect(Collectors.joining(" "));
    }

    private int found() {
        var query = new SearchQuery("text", false, Optional.empty(), 100, Optional.empty());
        List<SearchHit> hits = store.reader().search(Samples.ALICE, query, Samples.now()).items();
        return hits.size();
    }

    private void assertStopped(String what) {
        assertThatThrownBy(() -> append(store)).isInstanceOf(StorageUnavailable.class).hasMessageContaining(what);
        assertThat(store.health().failure().orElseThrow()).contains("no longer the one that was opened", what);
        assertThat(store.health().fatal()).isEmpty();
    }

    private static Message append(FileStore store, ConversationId id) {
        return store.transact(id, Transactions.append(Samples.draft("text"), Samples.now()));
    }

    private Message append(FileStore target) {
        return append(target, id);
    }

    private static FileStore open(Path data) {
        var settings = new FileStoreSettings(data, Duration.ofSeconds(60), 1L << 30, Duration.ofHours(1), 1 << 20,
                false);
        return FileStore.open(settings, new FileStoreObserver() {
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
