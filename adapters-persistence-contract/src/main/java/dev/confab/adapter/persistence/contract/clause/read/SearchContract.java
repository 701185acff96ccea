package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.terms.Terms;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Snippet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S16: search results, their order and their pages. */
public abstract class SearchContract extends ContractTest {

    @Test
    void a_hit_contains_all_words_in_any_order_and_case_S16() {
        ConversationId id = startWith("red green", "GREEN blue Red", "red", "redgreen", "green, and: red!");

        assertThat(found("Red GREEN")).containsExactly("green, and: red!", "GREEN blue Red", "red green");
        assertThat(found("green red red")).hasSize(3);
        assertThat(found("yellow")).isEmpty();
        assertThat(found("gree")).isEmpty();
        assertThat(head(id).messageCount()).isEqualTo(5);
    }

    @Test
    void what_follows_each_other_in_a_word_of_the_query_does_so_in_the_hit_S16() {
        startWith("我们去哪里旅行", "行旅在旅途", "the user_name is set", "name of a user", "call getUserName()", "1.3.2",
                "release 1.2.3");

        assertThat(found("旅行")).containsExactly("我们去哪里旅行");
        assertThat(found("旅")).hasSize(2);
        assertThat(found("user_name")).containsExactly("call getUserName()", "the user_name is set");
        assertThat(found("user name")).hasSize(3);
        assertThat(found("username")).containsExactly("call getUserName()");
        assertThat(found("1.2.3")).containsExactly("release 1.2.3");
    }

    @Test
    void case_accents_and_width_do_not_matter_S16() {
        start(ALICE, Samples.title("STRASSE"));
        startWith("a cup at the CAFÉ", "die Straße", "ｶﾀｶﾅ", "cafe\u0301");

        assertThat(found("cafe")).containsExactly("cafe\u0301", "a cup at the CAFÉ");
        assertThat(found("Café")).hasSize(2);
        assertThat(search("strasse")).hasSize(2);
        assertThat(found("カタカナ")).containsExactly("ｶﾀｶﾅ");
    }

    @Test
    void candidates_that_do_not_match_do_not_hide_those_that_do_S16() {
        ConversationId id = startWith("a needle-eye is here");
        for (int i = 0; i < 5; i++) {
            appendAll(id, Stream.generate(() -> draft("eye of a needle")).limit(100).toList());
        }
        rename(id, "needle eye");

        List<SearchHit> hits = allPages(2, (Optional<SearchQuery.Key> after) -> {
            var page = reader().search(ALICE, new SearchQuery("needle-eye", false, Optional.empty(), 2, after), now());
            // At the first wrong hit, and not after the pages of all five hundred.
            assertThat(page.items()).allMatch(hit -> !hit.snippet().text().equals("eye of a needle"));
            return page;
        });

        assertThat(hits).extracting(hit -> hit.snippet().text()).containsExactlyInAnyOrder("needle eye",
                "a needle-eye is here");
    }

    @Test
    void search_reflects_every_commit_at_once_S16() {
        ConversationId id = startWith("needle one");
        Message message = messages(id).getFirst();

        assertThat(found("needle")).containsExactly("needle one");
        edit(id, message, "pin one");
        assertThat(found("needle")).isEmpty();
        assertThat(found("pin")).containsExactly("pin one");
        append(id, "needle two");
        assertThat(found("needle")).containsExactly("needle two");
        change(id, head -> head.truncateAfter(message, now()));
        assertThat(found("needle")).isEmpty();
        rename(id, "needle");
        assertThat(search("needle")).extracting(SearchHit::message).containsExactly(Optional.empty());
        rename(id, "pin");
        assertThat(found("needle")).isEmpty();
        change(id, head -> head.clear(now()));
        assertThat(search("pin")).hasSize(1);
        delete(id);
        assertThat(found("pin")).isEmpty();
        restore(id);
        assertThat(search("pin")).hasSize(1);
        db().reopen();
        assertThat(search("pin")).hasSize(1);
        assertThat(found("needle")).isEmpty();
    }

    @Test
    void a_prefix_search_finds_words_that_begin_with_the_last_one_S16() {
        startWith("conversation kept", "conversational", "con", "a kept conversion");

        assertThat(prefixed("convers")).hasSize(3);
        assertThat(prefixed("kept convers")).hasSize(2);
        assertThat(prefixed("convers kept")).isEmpty();
        assertThat(search("convers")).isEmpty();
    }

    @Test
    void hits_are_sorted_newest_first_then_titles_before_messages_by_id_S16() {
        Instant same = now();
        List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(4).toList();
        List<SearchQuery.Key> keys = new ArrayList<>();
        for (ConversationId id : ids.reversed()) {
            create(Samples.startedAt(same, id, Samples.title("needle")));
            for (MessageDraft draft : Stream.generate(() -> draft("needle")).limit(3).toList().reversed()) {
                store().transact(id, Transactions.append(draft, same));
                keys.add(new SearchQuery.Key(same, id, Optional.of(draft.id())));
            }
            keys.add(new SearchQuery.Key(same, id, Optional.empty()));
        }
        ConversationId later = startWith("needle");
        keys.add(new SearchQuery.Key(messages(later).getFirst().createdAt(), later,
                Optional.of(messages(later).getFirst().id())));

        for (int limit : List.of(1, 2, 5, 16, 17, 100)) {
            List<SearchHit> hits = allPages(limit, (Optional<SearchQuery.Key> after) -> reader().search(ALICE,
                    new SearchQuery("needle", false, Optional.empty(), limit, after), now()));
            assertThat(hits).extracting(SearchHit::key).containsExactlyElementsOf(keys.stream().sorted().toList());
        }
    }

    @Test
    void a_hit_contains_the_current_message_and_the_common_snippet_S16() {
        ConversationId id = start(ALICE, Samples.title("a title"));
        Message message = append(id, "lorem ".repeat(100) + "needle 😀 " + "ipsum ".repeat(100));
        SearchQuery query = Samples.searching("needle");

        assertThat(search("needle")).containsExactly(new SearchHit(id, Samples.title("a title"), Optional.of(message),
                message.createdAt(), Snippet.of(message.text(), query), 0));
        assertThat(search("title")).containsExactly(SearchHit.onTitle(head(id), Samples.searching("title")));
    }

    @Test
    void every_edge_case_text_is_found_by_its_own_words_S16() {
        foundByTheirOwnWords(EdgeCaseTexts.SHORT);
    }

    @Test
    void words_in_1_MiB_and_a_word_of_1_MiB_are_found_S16() {
        foundByTheirOwnWords(List.of(EdgeCaseTexts.ONE_WORD_OF_1_MIB, EdgeCaseTexts.WORDS_OF_1_MIB));
    }

    private void foundByTheirOwnWords(List<String> texts) {
        ConversationId id = start();
        texts.forEach(text -> append(id, text));

        List<Message> messages = messages(id);
        for (String text : texts) {
            List<String> terms = Terms.of(text).stream().limit(5).toList();
            if (!terms.isEmpty()) {
                SearchQuery query = Samples.searching(String.join(" ", terms));
                List<MessageId> expected = messages.reversed().stream().filter(m -> query.matches(m.text()))
                        .map(Message::id).toList();
                assertThat(search(query.text())).extracting(hit -> hit.message().orElseThrow().id())
                        .as("hits of %s", terms)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    private List<SearchHit> prefixed(String text) {
        return reader().search(ALICE, new SearchQuery(text, true, Optional.empty(), 10, Optional.empty()), now())
                .items();
    }

    private List<String> found(String text) {
        return search(text).stream().map(hit -> hit.message().orElseThrow().text()).toList();
    }
}
