package dev.confab.adapter.persistence.jpa.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** More messages than a search looks through before it uses the index of words. */
class ManyMessagesSearchTest {
    private static final int MANY = 5_000;
    private static final Instant FIRST = Instant.parse("2026-06-01T00:00:00Z");

    private final TestStore store = TestStore.open();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_frequent_prefix_is_found_among_the_newest_messages() {
        insert(Samples.ALICE, MANY, n -> "configure number" + n);

        List<String> texts = texts(find(Samples.ALICE, "conf", 3));

        assertThat(texts).containsExactly("configure number4999", "configure number4998", "configure number4997");
        assertThat(scansOfWords()).isZero();
    }

    @Test
    void a_frequent_word_is_found_among_the_newest_messages() {
        insert(Samples.ALICE, MANY, n -> n % 5 == 0 ? "configure number" + n : "number" + n);

        List<String> texts = texts(store.reads().search(Samples.ALICE, Samples.searching("configure"), Samples.now())
                .items());

        assertThat(texts).hasSize(100).startsWith("configure number4995", "configure number4990");
        assertThat(scansOfWords()).isZero();
    }

    @Test
    void over_all_pages_each_hit_on_a_word_appears_once_whichever_index_found_it() {
        insert(Samples.ALICE, MANY, n -> n % 7 == 0 && n > 4_000 || n % 100 == 0 ? "configured " + n : "number" + n);

        List<String> found = searchedToTheEnd("configured", false, 9);

        assertThat(found).containsExactlyElementsOf(IntStream.range(0, MANY).map(n -> MANY - 1 - n)
                .filter(n -> n % 7 == 0 && n > 4_000 || n % 100 == 0).mapToObj(n -> "configured " + n).toList());
    }

    @Test
    void a_rare_prefix_is_found_by_the_index_of_words() {
        insert(Samples.ALICE, MANY, n -> n == 10 ? "a Zebrafish" : "number" + n);

        assertThat(texts(find(Samples.ALICE, "zeb", 20))).containsExactly("a Zebrafish");
        assertThat(scansOfWords()).isEqualTo(1);
    }

    @Test
    void rare_words_with_a_frequent_prefix_are_found() {
        insert(Samples.ALICE, MANY, n -> n % 1_000 == 7 ? "zebra " + n + " configured" : "configure " + n);

        assertThat(texts(find(Samples.ALICE, "zebra conf", 20))).containsExactly("zebra 4007 configured",
                "zebra 3007 configured", "zebra 2007 configured", "zebra 1007 configured", "zebra 7 configured");
    }

    @Test
    void a_frequent_word_with_a_rare_prefix_is_found() {
        insert(Samples.ALICE, MANY, n -> n % 1_000 == 7 ? "configure zebra" + n : "configure " + n);

        assertThat(texts(find(Samples.ALICE, "configure ze", 20))).hasSize(5)
                .allMatch(text -> text.startsWith("configure zebra"));
    }

    @Test
    void over_all_pages_each_hit_appears_once_whichever_index_found_it() {
        insert(Samples.ALICE, MANY, n -> n % 7 == 0 && n > 4_000 || n % 100 == 0 ? "configured " + n : "number" + n);

        List<String> found = searchedToTheEnd("conf", true, 9);

        assertThat(found).containsExactlyElementsOf(IntStream.range(0, MANY).map(n -> MANY - 1 - n)
                .filter(n -> n % 7 == 0 && n > 4_000 || n % 100 == 0).mapToObj(n -> "configured " + n).toList());
    }

    @Test
    void only_so_many_characters_of_the_newest_messages_are_looked_through() {
        String large = "configure " + "x ".repeat(Message.MAX_TEXT_BYTES / 3);
        insert(Samples.ALICE, 2_000, n -> n == 0 ? "zebra" : n >= 1_996 ? large : "number" + n);

        assertThat(texts(find(Samples.ALICE, "zeb", 20))).containsExactly("zebra");
        assertThat(scansOfWords()).isEqualTo(1);
    }

    @Test
    void a_period_limits_what_is_looked_through() {
        insert(Samples.ALICE, MANY, n -> n % 2 == 0 ? "configure " + n : "number" + n);

        var filter = new SearchFilter(Optional.empty(), Collections.emptySortedSet(), Optional.empty(),
                Optional.empty(),
                Optional.of(FIRST.plusMillis(100)), Optional.of(FIRST.plusMillis(105)));
        var page = store.reads().search(Samples.ALICE, new SearchQuery("conf", true, filter, 20, Optional.empty()),
                Samples.now());

        assertThat(texts(page.items())).containsExactly("configure 104", "configure 102", "configure 100");
        assertThat(scansOfWords()).isZero();
    }

    @Test
    void a_message_with_more_terms_than_fit_into_the_index_is_found_by_each_of_them() {
        String text = randomIdentifiers();
        assertThat(Terms.of(text).stream().mapToInt(String::length).sum()).isGreaterThan(1_048_576);
        insert(Samples.ALICE, MANY, n -> n == 0 ? text + " zebrafish" : "number" + n);

        assertThat(find(Samples.ALICE, "zebr", 20)).hasSize(1);
        assertThat(store.reads().search(Samples.ALICE, Samples.searching("zebrafish"), Samples.now()).items())
                .hasSize(1);
        assertThat(store.reads().search(Samples.ALICE, Samples.searching("zebra"), Samples.now()).items()).isEmpty();
        assertThat(find(Samples.ALICE, "zebrb", 20)).isEmpty();
    }

    @Test
    void the_name_of_an_owner_may_have_any_characters() {
        var owner = new OwnerId("o'neil \\ & | ! <-> (:*) \"x\" 😀");
        insert(owner, MANY, n -> n == 10 ? "zebrafish" : "number" + n);
        insert(Samples.BOB, 1, n -> "zebrafish of bob");

        assertThat(texts(find(owner, "zebra", 20))).containsExactly("zebrafish");
        assertThat(texts(store.reads().search(owner, Samples.searching("zebrafish"), Samples.now()).items()))
                .containsExactly("zebrafish");
    }

    /** Each of their parts is a term, and each two and three of them together. */
    private static String randomIdentifiers() {
        var random = new Random(7);
        var text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append((char) ('A' + random.nextInt(26))).append((char) ('a' + random.nextInt(26)))
                    .append((char) ('a' + random.nextInt(26))).append(i % 20 == 19 ? " " : "");
        }
        return text.toString();
    }

    private void insert(OwnerId owner, int count, IntFunction<String> text) {
        Conversation head = Conversation.from(Samples.started(Samples.newConversationId(), owner, Optional.empty()));
        var messages = new ArrayList<Message>();
        for (int n = 0; n < count; n++) {
            var appended = head.append(Samples.draft(text.apply(n)), FIRST.plusMillis(n));
            messages.add(appended.message());
            head = head.apply(appended).orElseThrow();
        }
        store.insert(head, messages);
        store.execute("ANALYZE message");
    }

    private List<SearchHit> find(OwnerId owner, String prefix, int limit) {
        return store.reads().search(owner, new SearchQuery(prefix, true, Optional.empty(), limit, Optional.empty()),
                Samples.now()).items();
    }

    private List<String> searchedToTheEnd(String query, boolean prefix, int limit) {
        var found = new ArrayList<String>();
        Optional<SearchQuery.Key> after = Optional.empty();
        do {
            var page = store.reads().search(Samples.ALICE,
                    new SearchQuery(query, prefix, Optional.empty(), limit, after), Samples.now());
            found.addAll(texts(page.items()));
            after = page.next();
        } while (after.isPresent());
        return found;
    }

    private static List<String> texts(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.message().orElseThrow().text()).toList();
    }

    /** How often the index of words was used. A connection reports its scans at its end, those of all tables and indexes. */
    private long scansOfWords() {
        store.connections().reads().close();
        var client = JdbcClient.create(store.connections().writes());
        TestThreads.await(() -> number(client, """
                SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'message'""") > 0);
        return number(client, "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'message_by_words'");
    }

    private static long number(JdbcClient client, String sql) {
        return client.sql(sql).query(Long.class).single();
    }
}
