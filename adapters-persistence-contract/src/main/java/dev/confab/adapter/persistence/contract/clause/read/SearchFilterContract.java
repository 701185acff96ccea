package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** S16: what a search looks at. */
public abstract class SearchFilterContract extends ContractTest {
    private static final SortedSet<String> NO_LABELS = Collections.emptySortedSet();

    @Test
    void a_search_covers_one_owner_and_optionally_one_conversation_S16() {
        ConversationId one = startWith("needle", "hay");
        startWith("needle");
        start(BOB, Samples.title("needle"));

        assertThat(search("needle")).hasSize(2);
        assertThat(reader().search(ALICE, Samples.searching("needle"), now()).partial()).isFalse();
        var inOne = new SearchQuery("needle", false, Optional.of(one), 10, Optional.empty());
        assertThat(reader().search(ALICE, inOne, now()).items()).extracting(SearchHit::conversation)
                .containsExactly(one);
        assertThat(reader().search(BOB, Samples.searching("needle"), now()).items()).hasSize(1);
        assertThat(reader().search(BOB, inOne, now()).items()).isEmpty();
    }

    @Test
    void a_search_covers_one_role_and_one_period_S16() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        Message first = append(id, MessageDraft.of(Samples.newMessageId(), Role.USER, "needle 1"));
        Message second = append(id, MessageDraft.of(Samples.newMessageId(), Role.ASSISTANT, "needle 2"));
        Message third = append(id, MessageDraft.of(Samples.newMessageId(), Role.USER, "needle 3"));

        assertThat(messages(filter(Optional.of(Role.USER), Optional.empty(), Optional.empty()))).containsExactly(third,
                first);
        assertThat(messages(filter(Optional.of(Role.TOOL), Optional.empty(), Optional.empty()))).isEmpty();
        assertThat(messages(filter(Optional.empty(), Optional.of(second.createdAt()), Optional.empty())))
                .containsExactly(third, second);
        assertThat(messages(filter(Optional.empty(), Optional.of(first.createdAt()), Optional.of(third.createdAt()))))
                .containsExactly(second, first);
        assertThat(messages(filter(Optional.of(Role.ASSISTANT), Optional.of(Times.EARLIEST),
                Optional.of(Times.LATEST)))).containsExactly(second);
        assertThat(hits(filter(Optional.empty(), Optional.empty(), Optional.of(head(id).createdAt().plusMillis(1)))))
                .extracting(SearchHit::message).containsExactly(Optional.empty());
    }

    @Test
    void a_search_covers_one_author_named_as_stored_S16() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        Message ann = append(id, by("Ann"));
        Message lower = append(id, by("ann"));
        append(id, by("Ann Lee"));
        append(id, "needle of nobody");
        Message composed = append(id, by("Zo\u00eb"));
        Message decomposed = append(id, by("Zoe\u0308"));

        assertThat(messages(by(Optional.of("Ann"), NO_LABELS))).containsExactly(ann);
        assertThat(messages(by(Optional.of("ann"), NO_LABELS))).containsExactly(lower);
        assertThat(messages(by(Optional.of("Zo\u00eb"), NO_LABELS))).containsExactly(composed);
        assertThat(messages(by(Optional.of("Zoe\u0308"), NO_LABELS))).containsExactly(decomposed);
        assertThat(hits(by(Optional.of("Bob"), NO_LABELS))).isEmpty();
        assertThat(hits(by(Optional.empty(), NO_LABELS))).hasSize(7);
    }

    @Test
    void a_search_covers_the_conversations_that_have_all_the_labels_now_S16() {
        ConversationId both = labelled("work", "rome");
        ConversationId one = labelled("work");
        startWith("needle of no label");

        assertThat(conversations(hits(by(Optional.empty(), labels("work"))))).containsExactly(one, both);
        assertThat(conversations(hits(by(Optional.empty(), labels("rome", "work"))))).containsExactly(both);
        assertThat(hits(by(Optional.empty(), labels("Work")))).isEmpty();
        file(one, "rome", "work", "late");
        assertThat(conversations(hits(by(Optional.empty(), labels("rome", "work"))))).containsExactly(one, both);
        file(both);
        assertThat(conversations(hits(by(Optional.empty(), labels("work"))))).containsExactly(one);
        db().reopen();
        assertThat(conversations(hits(by(Optional.empty(), labels("late"))))).containsExactly(one);
        rename(one, "a needle");
        assertThat(hits(by(Optional.empty(), labels("late")))).hasSize(2);
        assertThat(hits(by(Optional.of("Ann"), labels("late")))).isEmpty();
        delete(one);
        assertThat(hits(by(Optional.empty(), labels("late")))).isEmpty();
    }

    private ConversationId labelled(String... labels) {
        ConversationId id = startWith("needle");
        file(id, labels);
        return id;
    }

    private void file(ConversationId id, String... labels) {
        change(id, head -> head.file(new Filing(false, false, labels(labels)), now()));
    }

    private static List<ConversationId> conversations(List<SearchHit> hits) {
        return hits.stream().map(SearchHit::conversation).toList();
    }

    private static SortedSet<String> labels(String... labels) {
        return new TreeSet<>(List.of(labels));
    }

    private static MessageDraft by(String author) {
        return new MessageDraft(Samples.newMessageId(), Role.USER, Optional.of(new Author(author)), "needle",
                Optional.empty(), Metadata.EMPTY, Optional.empty());
    }

    private static SearchFilter by(Optional<String> author, SortedSet<String> labels) {
        return new SearchFilter(Optional.empty(), labels, Optional.empty(), author.map(Author::new), Optional.empty(),
                Optional.empty());
    }

    private static SearchFilter filter(Optional<Role> role, Optional<Instant> from, Optional<Instant> to) {
        return new SearchFilter(Optional.empty(), NO_LABELS, role, Optional.empty(), from, to);
    }

    private List<SearchHit> hits(SearchFilter filter) {
        return reader().search(ALICE, new SearchQuery("needle", false, filter, 10, Optional.empty()), now()).items();
    }

    private List<Message> messages(SearchFilter filter) {
        return hits(filter).stream().flatMap(hit -> hit.message().stream()).toList();
    }
}
