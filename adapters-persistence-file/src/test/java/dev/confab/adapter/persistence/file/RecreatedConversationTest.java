package dev.confab.adapter.persistence.file;

import static dev.confab.adapter.persistence.file.FileStoreCalls.append;
import static dev.confab.adapter.persistence.file.FileStoreCalls.beginWithOneMessage;
import static dev.confab.adapter.persistence.file.FileStoreCalls.open;
import static dev.confab.adapter.persistence.file.FileStoreCalls.purge;
import static dev.confab.adapter.persistence.file.FileStoreCalls.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A conversation that is created again with the id of a purged one. */
class RecreatedConversationTest {
    private final ConversationId id = Samples.newConversationId();

    @Test
    void a_conversation_that_begins_again_after_its_purge_is_read_with_an_index_of_its_own_file() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        beginWithOneMessage(store, id);
        append(store, id, "two");
        store.checkpoint();
        assertThat(texts(store, id)).containsExactly("one", "two");
        purge(store, id);
        store.checkpoint();

        store.transact(id, Transactions.begin(Samples.started(id)));
        append(store, id, "a first message that is longer");
        append(store, id, "2");
        store.checkpoint();

        assertThat(texts(store, id)).containsExactly("a first message that is longer", "2");
        store.close();
    }

    @Test
    void a_conversation_that_begins_again_in_the_transaction_that_purges_it_is_found_by_its_new_title_alone() {
        purgeAndBeginAgain("needle one", "needle two");
    }

    @Test
    void a_conversation_that_begins_again_with_the_same_title_is_found_once() {
        purgeAndBeginAgain("needle", "needle");
    }

    private void purgeAndBeginAgain(String title, String titleAgain) {
        FileStore store = open(new SimulatedDisk(1));
        var first = Samples.started(id, Samples.ALICE, Samples.title(title));
        var second = Samples.started(id, Samples.ALICE, Samples.title(titleAgain));
        store.transact(id, Transactions.begin(first));
        var query = new SearchQuery("needle", false, Optional.empty(), 10, Optional.empty());
        // So that the index has the first title.
        assertThat(store.reader().search(Samples.ALICE, query, Samples.now()).items()).hasSize(1);
        Instant now = Samples.now();
        store.transact(id, tx -> {
            tx.conversation().delete(now).ifPresent(tx::record);
            tx.record(tx.find().orElseThrow().purge(now));
            tx.record(second);
            return tx.find();
        });

        var hits = store.reader().search(Samples.ALICE, query, Samples.now()).items();

        assertThat(hits).extracting(SearchHit::key)
                .containsExactly(new SearchQuery.Key(second.at(), id, Optional.empty()));
        var page = new SearchQuery("needle", false, Optional.empty(), 10, Optional.of(hits.getFirst().key()));
        assertThat(store.reader().search(Samples.ALICE, page, Samples.now()).items()).isEmpty();
        store.close();
    }
}
