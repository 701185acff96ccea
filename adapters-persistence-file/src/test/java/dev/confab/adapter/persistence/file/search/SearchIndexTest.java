package dev.confab.adapter.persistence.file.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.domain.port.StorageUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** A search never waits for an index that is not coming. */
class SearchIndexTest {
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    private final SearchIndex index = new SearchIndex(new ByteBuffersDirectory(), new ConversationTable(),
            new MessageReader(new MessagesFileReader(new SimulatedDisk(1), new Layout(Path.of("/data")), 1)));

    @Test
    void a_search_gives_up_at_its_deadline_while_the_index_is_being_built() {
        var search = TestThreads.start(() -> await(Duration.ofMillis(50)));

        assertThatThrownBy(() -> TestThreads.get(search, IN_TIME)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("being built");
    }

    @Test
    void a_search_is_refused_when_the_index_is_closed() {
        index.start();
        index.close();

        var search = TestThreads.start(() -> await(Duration.ofHours(1)));

        assertThatThrownBy(() -> TestThreads.get(search, IN_TIME)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("closed");
    }

    private boolean await(Duration limit) throws Exception {
        index.awaitCommitted(System.nanoTime() + limit.toNanos());
        return true;
    }
}
