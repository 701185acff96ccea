package dev.confab.adapter.persistence.jpa.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By which index the server finds the conversations of a list. */
class ListPlansTest {
    private static final int CONVERSATIONS = 20_000;
    /** The server considers one plan for all values from the sixth execution of a prepared statement on, the driver prepares from the fifth. */
    private static final int CALLS = 20;

    private final TestStore store = TestStore.open();
    private final JdbcClient client = JdbcClient.create(store.connections().writes());

    @BeforeEach
    void insert() {
        store.execute(
                """
                        INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at, updated_at, digest,
                            title_terms, labels)
                        SELECT gen_random_uuid(), 1, 'alice', jsonb_build_object('kind', 'k' || n % 3, 'customer', 'c' || n % 4000), 1, 0,
                            at, at, decode(repeat('ab', 32), 'hex'), '{O:alice}', ARRAY['work', 'l' || n % 4000]
                        FROM (SELECT n, timestamptz '2026-01-01' + n * interval '1 ms' AS at FROM generate_series(1, ?) AS n) AS made""",
                CONVERSATIONS);
        store.execute("ANALYZE conversation");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_rare_label_is_always_found_by_its_index() {
        // Frequent ones first, for which the order of the list is better.
        assertThat(sizeOfEachPage(labelled("work"))).isEqualTo(20);
        assertThat(sizeOfEachPage(labelled("l7"))).isEqualTo(5);

        assertThat(scansOf("conversation_by_label")).isEqualTo(CALLS);
    }

    @Test
    void a_rare_pair_of_metadata_is_always_found_by_its_index() {
        assertThat(sizeOfEachPage(with("kind", "k1"))).isEqualTo(20);
        assertThat(sizeOfEachPage(with("customer", "c7"))).isEqualTo(5);

        assertThat(scansOf("conversation_by_metadata")).isEqualTo(CALLS);
    }

    @Test
    void few_entries_of_their_indexes_wait_to_be_merged() {
        for (String index : new String[]{"conversation_by_label", "conversation_by_metadata"}) {
            long pages = client.sql("SELECT gin_clean_pending_list(CAST(? AS regclass))").param(index).query(Long.class)
                    .single();
            assertThat(pages).as(index).isLessThanOrEqualTo(20);
        }
    }

    private static ListFilter labelled(String label) {
        var labels = new TreeSet<String>();
        labels.add(label);
        return new ListFilter(Archived.EXCLUDE, Optional.empty(), labels, Metadata.EMPTY);
    }

    private static ListFilter with(String key, String value) {
        return new ListFilter(Archived.EXCLUDE, Optional.empty(), new TreeSet<>(), new Metadata(Map.of(key, value)));
    }

    private int sizeOfEachPage(ListFilter filter) {
        var query = new ListQuery(Sort.UPDATED, filter, 20, Optional.empty());
        int size = 0;
        for (int i = 0; i < CALLS; i++) {
            size = store.reads().list(Samples.ALICE, query, Samples.now()).items().size();
        }
        return size;
    }

    /** Of all that were made. A connection reports them with a delay, and at its end. */
    private long scansOf(String index) {
        store.connections().reads().close();
        TestThreads.await(() -> scans("conversation_by_update") + scans(index) >= 2 * CALLS);
        return scans(index);
    }

    private long scans(String index) {
        return client.sql("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = ?").param(index)
                .query(Long.class).single();
    }
}
