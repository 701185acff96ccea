package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.ForwardingDisk;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search index that an earlier version of the tokenizer made. */
class OutdatedIndexTest {
    /** More than are indexed before searches are answered. */
    private static final int MANY = 10_000;

    @TempDir
    Path data;

    private final ConversationId id = Samples.newConversationId();

    @Test
    void an_index_of_another_format_is_built_again_and_one_of_this_format_is_not() throws IOException {
        try (FileStore store = open()) {
            store.transact(id, Transactions.begin(Samples.started(id)));
            append(store, "needle");
        }

        empty(Map.of());
        try (FileStore store = open()) {
            assertThat(search(store).items()).as("the emptied index is used").isEmpty();
        }
        empty(Map.of("format", "1.1"));
        try (FileStore store = open()) {
            assertThat(search(store).items()).hasSize(1);
            assertThat(search(store).partial()).isFalse();
        }
    }

    @Test
    void an_index_of_before_there_were_formats_is_built_again() throws IOException {
        try (FileStore store = open()) {
            store.transact(id, Transactions.begin(Samples.started(id)));
            append(store, "needle");
        }

        empty(Map.of("format", ""));
        try (FileStore store = open()) {
            assertThat(search(store).items()).hasSize(1);
        }
    }

    @Test
    void searches_are_partial_while_a_long_one_is_built_and_all_else_goes_on() throws IOException {
        ConversationId small = Samples.newConversationId();
        try (FileStore store = open()) {
            store.transact(id, Transactions.begin(Samples.started(id)));
            for (int batch = 0; batch < MANY; batch += 1_000) {
                append(store, Stream.generate(() -> "other").limit(1_000).toArray(String[]::new));
            }
            append(store, "needle");
            store.transact(small, Transactions.begin(Samples.started(small, Samples.ALICE, Samples.title("needle"))));
        }
        empty(Map.of("format", "1.1"));

        var canWrite = new CountDownLatch(1);
        try (FileStore store = open(canWrite)) {
            TestThreads.await(() -> store.health().indexing().isPresent());

            assertThat(search(store).partial()).isTrue();
            assertThat(store.health().problems()).isEmpty();
            append(store, "a new needle");

            canWrite.countDown();
            TestThreads.await(() -> store.health().indexing().isEmpty());
            assertThat(search(store).partial()).isFalse();
            assertThat(search(store).items()).hasSize(3);
        } finally {
            canWrite.countDown();
        }
    }

    private FileStore open() {
        return open(new CountDownLatch(0));
    }

    /** @param canWrite until it is zero, no file of the index can be written */
    private FileStore open(CountDownLatch canWrite) {
        var settings = new FileStoreSettings(data, Duration.ofSeconds(60), 1L << 30, Duration.ofHours(1), 1 << 20,
                false);
        return FileStore.open(settings, new FileStoreObserver() {
        }, new ForwardingDisk(new RealDisk()) {
            @Override
            public Directory searchDirectory(Path directory) throws IOException {
                return new FilterDirectory(super.searchDirectory(directory)) {
                    @Override
                    public IndexOutput createOutput(String name, IOContext context) throws IOException {
                        // Once the store serves: the writer makes a first file when it is opened.
                        TestThreads.await(canWrite);
                        return super.createOutput(name, context);
                    }
                };
            }
        });
    }

    /** Removes all documents from the index, and leaves the number of its last commit, with these other members. */
    private void empty(Map<String, String> members) throws IOException {
        try (Directory index = FSDirectory.open(data.resolve("index"))) {
            var commit = new HashMap<String, String>();
            try (DirectoryReader reader = DirectoryReader.open(index)) {
                commit.putAll(reader.getIndexCommit().getUserData());
            }
            commit.putAll(members);
            commit.values().removeIf(String::isEmpty);
            try (var writer = new IndexWriter(index, new IndexWriterConfig())) {
                writer.deleteAll();
                writer.setLiveCommitData(commit.entrySet());
            }
        }
    }

    private void append(FileStore store, String... texts) {
        List<MessageDraft> drafts = Stream.of(texts).map(Samples::draft).toList();
        store.transact(id, Transactions.appendAll(drafts, Optional.empty(), Samples.now()));
    }

    private static Page<SearchHit, SearchQuery.Key> search(FileStore store) {
        return store.reader().search(Samples.ALICE, Samples.searching("needle"), Samples.now());
    }
}
