package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
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

    @Test
    void a_list_shows_what_its_filter_admits_S16() {
        ConversationId plain = start();
        ConversationId pinned = filed(new Filing(true, false, labels("a")));
        ConversationId archived = filed(new Filing(false, true, labels("a", "b")));
        ConversationId both = filed(new Filing(true, true, labels("b", "c")));
        change(plain, head -> head.changeMetadata(new Metadata(Map.of("k", "v", "l", "w")), now()));
        change(both, head -> head.changeMetadata(new Metadata(Map.of("k", "v")), now()));

        nowAndAfterReopening(() -> {
            for (int limit : List.of(1, 2, 10)) {
                assertThat(ids(Archived.INCLUDE, limit)).containsExactly(both, archived, pinned, plain);
                assertThat(ids(Archived.EXCLUDE, limit)).containsExactly(pinned, plain);
                assertThat(ids(Archived.ONLY, limit)).containsExactly(both, archived);
                assertThat(ids(filter(Optional.of(true)), limit)).containsExactly(both, pinned);
                assertThat(ids(filter(Optional.of(false)), limit)).containsExactly(archived, plain);
                assertThat(ids(filter(Optional.empty(), "a"), limit)).containsExactly(archived, pinned);
                assertThat(ids(filter(Optional.empty(), "a", "b"), limit)).containsExactly(archived);
                assertThat(ids(filter(Optional.empty(), "A"), limit)).isEmpty();
                assertThat(ids(filter(new Metadata(Map.of("k", "v"))), limit)).containsExactly(both, plain);
                assertThat(ids(filter(new Metadata(Map.of("k", "v", "l", "w"))), limit)).containsExactly(plain);
                assertThat(ids(filter(new Metadata(Map.of("k", "V"))), limit)).isEmpty();
            }
        });
    }

    @Test
    void a_change_of_the_filing_shows_in_lists_at_once_S16() {
        ConversationId id = start();
        ConversationId other = start();
        for (Sort sort : List.of(Sort.UPDATED, Sort.CREATED)) {
            change(id, head -> head.file(new Filing(false, true, labels("a")), now()));
            assertThat(listed(sort, Archived.EXCLUDE)).containsExactly(other);
            assertThat(listed(sort, Archived.ONLY)).containsExactly(id);
            change(id, head -> head.file(Filing.NONE, now()));
            assertThat(listed(sort, Archived.EXCLUDE)).containsExactlyInAnyOrder(id, other);
            assertThat(listed(sort, Archived.ONLY)).isEmpty();
        }
        change(id, head -> head.file(new Filing(true, true, labels("a")), now()));
        delete(id);
        assertThat(listed(Sort.DELETED, Archived.ONLY)).containsExactly(id);
        assertThat(listed(Sort.DELETED, Archived.EXCLUDE)).isEmpty();
    }

    @Test
    void a_filtered_list_stays_correct_while_others_write_S16() {
        List<ConversationId> labelled = Stream.generate(() -> filed(new Filing(false, false, labels("a")))).limit(12)
                .toList();
        List<ConversationId> changing = Stream.generate(this::start).limit(4).toList();

        TestThreads.repeat(3, 20, (thread, n) -> {
            ConversationId other = changing.get(n % 4);
            if (thread == 0) {
                change(other, head -> head.file(new Filing(n % 3 == 0, n % 2 == 0, labels("a", "b")), now()));
            } else {
                List<ConversationId> listed = ids(filter(Optional.empty(), "a"), 5);
                assertThat(listed).doesNotHaveDuplicates();
                assertThat(listed.stream().filter(labelled::contains).toList()).isEqualTo(labelled.reversed());
            }
        });
    }

    private ConversationId filed(Filing filing) {
        ConversationId id = start();
        change(id, head -> head.file(filing, now()));
        return id;
    }

    private static SortedSet<String> labels(String... labels) {
        return new TreeSet<>(List.of(labels));
    }

    private static ListFilter filter(Optional<Boolean> pinned, String... labels) {
        return new ListFilter(Archived.INCLUDE, pinned, labels(labels), Metadata.EMPTY);
    }

    private static ListFilter filter(Metadata metadata) {
        return new ListFilter(Archived.INCLUDE, Optional.empty(), labels(), metadata);
    }

    private List<ConversationId> ids(Archived archived, int limit) {
        return ids(new ListFilter(archived, Optional.empty(), labels(), Metadata.EMPTY), limit);
    }

    /** The ids on all pages, the one that was created last first. */
    private List<ConversationId> ids(ListFilter filter, int limit) {
        return allPages(limit, (Optional<ListQuery.Key> after) -> reader().list(ALICE,
                new ListQuery(Sort.CREATED, filter, limit, after), now())).stream().map(Conversation::id).toList();
    }

    private List<ConversationId> listed(Sort sort, Archived archived) {
        var filter = new ListFilter(archived, Optional.empty(), labels(), Metadata.EMPTY);
        return reader().list(ALICE, new ListQuery(sort, filter, 10, Optional.empty()), now()).items().stream()
                .map(Conversation::id).toList();
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
