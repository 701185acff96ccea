package dev.confab.adapter.persistence.file.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search never waits for an index that is not coming. */
class SearchIndexTest {
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    /** Until it is zero, the index cannot be built. */
    private final CountDownLatch readable = new CountDownLatch(1);
    private final Directory directory = new FilterDirectory(new ByteBuffersDirectory()) {
        @Override
        public String[] listAll() throws IOException {
            TestThreads.await(readable);
            return super.listAll();
        }
    };
    private final HealthMonitor health = new HealthMonitor();
    private final SearchIndex index = new SearchIndex(() -> directory, new ConversationTable(),
            new MessageReader(new MessagesFileReader(new SimulatedDisk(1), new Layout(Path.of("/data")), 1)), health);

    @BeforeEach
    void start() {
        index.start();
    }

    @Test
    void a_search_gives_up_at_its_deadline_while_the_index_is_being_built() {
        var search = TestThreads.start(() -> await(Duration.ofMillis(50)));

        assertThatThrownBy(() -> TestThreads.get(search, IN_TIME)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("being built");
        readable.countDown();
        index.close();
    }

    @Test
    void a_search_is_refused_when_the_index_is_closed() {
        readable.countDown();
        index.close();

        var search = TestThreads.start(() -> await(Duration.ofHours(1)));

        assertThatThrownBy(() -> TestThreads.get(search, IN_TIME)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("closed");
    }

    /** An executor drops what its tasks throw; the store must not go on without its index as if nothing had happened. */
    @Test
    void an_error_of_the_index_thread_stops_the_store() {
        var dying = new SearchIndex(() -> {
            throw new OutOfMemoryError("of the test");
        }, new ConversationTable(), new MessageReader(
                new MessagesFileReader(new SimulatedDisk(1), new Layout(Path.of("/data")), 1)), health);
        dying.start();

        TestThreads.await(() -> health.fatal().isPresent());

        assertThat(health.fatal()).hasValueSatisfying(
                reason -> assertThat(reason).contains("confab-search-index", "OutOfMemoryError: of the test"));
        assertThat(health.failure()).isEqualTo(health.fatal());
        dying.flush();
        dying.close();
        readable.countDown();
        index.close();
    }

    private boolean await(Duration limit) throws Exception {
        index.awaitCommitted(System.nanoTime() + limit.toNanos());
        return true;
    }
}
