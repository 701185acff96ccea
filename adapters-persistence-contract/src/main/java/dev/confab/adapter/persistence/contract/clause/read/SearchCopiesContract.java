package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S16: a message that several conversations hold is one hit. */
public abstract class SearchCopiesContract extends ContractTest {
    private static final SearchQuery NEEDLE = Samples.searching("needle");

    @Test
    void copies_in_forks_are_one_hit_in_the_oldest_conversation_with_the_number_of_the_others_S16() {
        ConversationId first = startWith("needle", "hay");
        ConversationId fork = fork(first);
        ConversationId forkOfFork = fork(fork);
        append(forkOfFork, "hay needle");
        rename(fork, "a needle");

        assertThat(search("needle")).containsExactlyInAnyOrder(hit(forkOfFork, 3, 0), hit(first, 1, 2),
                SearchHit.onTitle(head(fork), NEEDLE));
        db().reopen();
        assertThat(hits(search("needle"))).containsExactlyInAnyOrder(forkOfFork + " 0", fork + " 0", first + " 2");
    }

    @Test
    void an_edited_copy_is_another_message_until_the_texts_are_the_same_again_S16() {
        ConversationId first = startWith("needle");
        ConversationId second = fork(first);
        ConversationId third = fork(first);

        edit(second, messages(second).getFirst(), "a needle");
        ConversationId ofSecond = fork(second);
        assertThat(search("needle")).containsExactlyInAnyOrder(hit(first, 1, 1), hit(second, 1, 1));
        edit(first, messages(first).getFirst(), "hay");
        assertThat(search("needle")).containsExactlyInAnyOrder(hit(third, 1, 0), hit(second, 1, 1));
        edit(third, messages(third).getFirst(), "a needle");
        assertThat(search("needle")).containsExactly(hit(second, 1, 2));
        edit(ofSecond, messages(ofSecond).getFirst(), "hay");
        assertThat(search("needle")).containsExactly(hit(second, 1, 1));
        assertThat(search("hay")).containsExactlyInAnyOrder(hit(first, 1, 1));
    }

    @Test
    void a_message_removed_truncated_deleted_or_purged_in_one_conversation_is_found_in_the_next_oldest_S16() {
        ConversationId first = startWith("hay", "needle");
        ConversationId second = fork(first);
        ConversationId third = fork(second);
        ConversationId fourth = fork(first);

        assertThat(search("needle")).containsExactly(hit(first, 2, 3));
        delete(first);
        assertThat(search("needle")).containsExactly(hit(second, 2, 2));
        restore(first);
        assertThat(search("needle")).containsExactly(hit(first, 2, 3));
        delete(first);
        purge(first);
        assertThat(search("needle")).containsExactly(hit(second, 2, 2));
        Message removed = messages(second).getLast();
        change(second, head -> head.remove(removed, now()));
        assertThat(search("needle")).containsExactly(hit(third, 2, 1));
        Message hay = messages(third).getFirst();
        change(third, head -> head.truncateAfter(hay, now()));
        assertThat(search("needle")).containsExactly(hit(fourth, 2, 0));
        delete(fourth);
        assertThat(search("needle")).isEmpty();
    }

    @Test
    void a_message_of_an_expired_conversation_is_found_in_its_fork_S16() {
        Instant end = now().plusSeconds(3600);
        ConversationId first = create(
                Samples.startedUntil(Samples.newConversationId(), Optional.empty(), end)).id();
        append(first, "needle");
        ConversationId second = fork(first);

        assertThat(hits(reader().search(ALICE, NEEDLE, end.minusMillis(1)).items())).containsExactly(first + " 1");
        assertThat(hits(reader().search(ALICE, NEEDLE, end).items())).containsExactly(second + " 0");
    }

    @Test
    void only_conversations_that_the_filter_admits_count_S16() {
        ConversationId first = startWith("needle");
        ConversationId second = fork(first);
        ConversationId third = fork(first);
        for (ConversationId id : List.of(second, third)) {
            change(id, head -> head.file(new Filing(false, true, new TreeSet<>(List.of("kept"))), now()));
        }

        assertThat(search("needle")).containsExactly(hit(first, 1, 2));
        assertThat(filtered(new SearchFilter(Optional.empty(), new TreeSet<>(List.of("kept")), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()))).containsExactly(second + " 1");
        assertThat(filtered(SearchFilter.in(Optional.of(third)))).containsExactly(third + " 0");
    }

    @Test
    void messages_that_share_no_more_than_their_id_are_several_hits_S16() {
        ConversationId first = start();
        Message message = append(first, by(Role.USER, "Ann"));
        Message copy = messages(first).getFirst();
        importing(ALICE, head(first).createdAt().minusMillis(1), copy);
        importing(BOB, message.createdAt(), copy);
        importing(ALICE, message.createdAt(), changed(copy, Role.USER, "Bob", message.createdAt()));
        importing(ALICE, message.createdAt(), changed(copy, Role.SYSTEM, "Ann", message.createdAt()));
        importing(ALICE, message.createdAt(), changed(copy, Role.USER, "Ann", message.createdAt().minusMillis(1)));

        assertThat(search("needle")).hasSize(4).extracting(SearchHit::otherConversations)
                .containsExactlyInAnyOrder(1, 0, 0, 0);
        assertThat(hits(search("needle"))).doesNotContain(first + " 1", first + " 0");
        assertThat(reader().search(BOB, NEEDLE, now()).items()).extracting(SearchHit::otherConversations)
                .containsExactly(0);
    }

    @Test
    void over_the_pages_of_a_search_each_message_in_many_forks_appears_once_S16() {
        ConversationId first = start();
        appendAll(first, IntStream.range(0, 100).mapToObj(i -> draft("needle " + i)).toList());
        List<ConversationId> forks = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            forks.add(fork(first));
        }
        edit(forks.getFirst(), messages(forks.getFirst()).get(50), "another needle");
        edit(forks.get(5), messages(forks.get(5)).get(50), "a third needle");
        edit(first, messages(first).get(51), "hay");
        rename(forks.get(6), "needle");

        List<SearchHit> expected = pages(100);
        assertThat(expected).hasSize(103);
        assertThat(expected).extracting(SearchHit::key).doesNotHaveDuplicates().isSorted();
        assertThat(expected).extracting(SearchHit::otherConversations).filteredOn(others -> others == 25).hasSize(98);
        for (int limit : List.of(1, 7, 51)) {
            assertThat(pages(limit)).isEqualTo(expected);
        }
    }

    private List<SearchHit> pages(int limit) {
        return allPages(limit, (Optional<SearchQuery.Key> after) -> reader().search(ALICE,
                new SearchQuery("needle", false, Optional.empty(), limit, after), now()));
    }

    private ConversationId fork(ConversationId id) {
        Conversation head = head(id);
        ConversationId fork = Samples.newConversationId();
        return create(head.fork(fork, Optional.empty(), messages(id), Samples.digest("fork " + fork), now())).id();
    }

    private void importing(OwnerId owner, Instant time, Message message) {
        ConversationId id = Samples.newConversationId();
        var head = new Conversation(id, owner, Optional.empty(), Metadata.EMPTY, message.version(), 1, time, time,
                Optional.empty(), Optional.empty(), Optional.empty(), Samples.digest("of " + id));
        create(new ConversationImported(head, List.of(message), now()));
    }

    private static Message changed(Message message, Role role, String author, Instant createdAt) {
        return new Message(message.id(), message.position(), role, Optional.of(new Author(author)), message.text(),
                message.data(), message.metadata(), createdAt, Optional.empty(), Optional.empty(), message.version(),
                message.digest(), Optional.empty());
    }

    private static MessageDraft by(Role role, String author) {
        return new MessageDraft(Samples.newMessageId(), role, Optional.of(new Author(author)), "needle",
                Optional.empty(), Metadata.EMPTY, Optional.empty());
    }

    private SearchHit hit(ConversationId id, int position, int others) {
        return SearchHit.on(head(id), messages(id).get(position - 1), others,
                Samples.searching(messages(id).get(position - 1).text().contains("needle") ? "needle" : "hay"));
    }

    private List<String> filtered(SearchFilter filter) {
        return hits(reader().search(ALICE, new SearchQuery("needle", false, filter, 10, Optional.empty()), now())
                .items());
    }

    /** Of each hit its conversation and the number of others. */
    private static List<String> hits(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.conversation() + " " + hit.otherConversations()).toList();
    }
}
