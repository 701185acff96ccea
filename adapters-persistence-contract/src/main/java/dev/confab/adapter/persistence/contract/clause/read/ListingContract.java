package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S16: lists, their order and their pages. */
public abstract class ListingContract extends ContractTest {

    @Test
    void a_list_is_sorted_latest_first_and_reflects_every_commit_at_once_S16() {
        ConversationId a = start();
        ConversationId b = start();
        ConversationId c = start();

        assertThat(ids(Sort.CREATED, 10)).containsExactly(c, b, a);
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(c, b, a);
        append(b, "later");
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(b, c, a);
        rename(a, "latest");
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(a, b, c);
        assertThat(ids(Sort.CREATED, 10)).containsExactly(c, b, a);
        delete(b);
        delete(c);
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(a);
        assertThat(ids(Sort.DELETED, 10)).containsExactly(c, b);
        restore(c);
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(c, a);
        assertThat(ids(Sort.DELETED, 10)).containsExactly(b);
        db().reopen();
        assertThat(ids(Sort.UPDATED, 10)).containsExactly(c, a);
    }

    @Test
    void each_conversation_appears_once_over_the_pages_of_a_listing_S16() {
        List<ConversationId> ids = Stream.generate(this::start).limit(23).toList();

        for (Sort sort : List.of(Sort.CREATED, Sort.UPDATED)) {
            for (int limit : List.of(1, 5, 23, 24, 100)) {
                assertThat(ids(sort, limit)).containsExactlyElementsOf(ids.reversed());
            }
        }
        ids.forEach(this::delete);
        assertThat(ids(Sort.DELETED, 4)).containsExactlyElementsOf(ids.reversed());
    }

    @Test
    void conversations_of_the_same_time_are_sorted_by_id_S16() {
        Instant same = now();
        List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(9).toList();
        ids.reversed().forEach(id -> create(Samples.startedAt(same, id, Optional.empty())));

        for (int limit : List.of(1, 2, 3, 100)) {
            assertThat(ids(Sort.CREATED, limit)).containsExactlyElementsOf(ids);
            assertThat(ids(Sort.UPDATED, limit)).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void a_full_last_page_has_no_next_page_S16() {
        start();
        start();

        assertThat(firstPage(ALICE, 2).next()).isEmpty();
        assertThat(firstPage(ALICE, 1).next()).isPresent();
        assertThat(firstPage(BOB, 1)).isEqualTo(new Page<>(List.of(), Optional.empty()));
    }

    @Test
    void a_list_contains_only_conversations_of_its_owner_S16() {
        ConversationId mine = start();
        ConversationId bobs = start(BOB);

        assertThat(ids(Sort.UPDATED, 10)).containsExactly(mine);
        assertThat(list(BOB, Sort.UPDATED)).containsExactly(head(bobs));
        assertThat(list(new OwnerId("ALICE"), Sort.UPDATED)).isEmpty();
    }

    @Test
    void pages_stay_correct_while_others_write_S16() {
        List<ConversationId> unchanged = Stream.generate(this::start).limit(20).toList();
        List<ConversationId> changing = Stream.generate(this::start).limit(5).toList();

        TestThreads.repeat(3, 20, (thread, n) -> {
            if (thread == 0) {
                append(changing.get(n % 5), "goes to the front");
            } else {
                List<ConversationId> listed = ids(Sort.UPDATED, 3);
                assertThat(listed).doesNotHaveDuplicates();
                assertThat(listed.stream().filter(unchanged::contains).toList()).isEqualTo(unchanged.reversed());
            }
        });
    }

    /** The ids on all pages. */
    private List<ConversationId> ids(Sort sort, int limit) {
        return allPages(limit,
                (Optional<ListQuery.Key> after) -> reader().list(ALICE, new ListQuery(sort, limit, after), now()))
                .stream()
                .map(Conversation::id).toList();
    }

    private Page<Conversation, ListQuery.Key> firstPage(OwnerId owner, int limit) {
        return reader().list(owner, new ListQuery(Sort.CREATED, limit, Optional.empty()), now());
    }
}
