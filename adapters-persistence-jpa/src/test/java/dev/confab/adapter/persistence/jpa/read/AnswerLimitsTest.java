package dev.confab.adapter.persistence.jpa.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.row.HibernateMapping;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What an answer may hold, at the limits. */
class AnswerLimitsTest {
    /** 7 of these with their metadata fit into an answer, 8 do not. */
    private static final String HEAVY = "heavy 😀 " + "x".repeat(Message.MAX_TEXT_BYTES - 11);

    @Test
    void an_answer_ends_before_8_MiB_in_either_direction_and_search_too() {
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, 10, HEAVY);

            var first = store.reads().read(id, Window.first(1_000), Samples.now());
            var last = store.reads().read(id, Window.last(9), Samples.now());
            var rest = store.reads().read(id, Window.after(7, 1_000), Samples.now());

            assertThat(first.messages()).extracting(Message::position).containsExactly(1, 2, 3, 4, 5, 6, 7);
            assertThat(first.more()).isTrue();
            assertThat(first.messages().getFirst().text()).isEqualTo(HEAVY);
            assertThat(last.messages()).extracting(Message::position).containsExactly(10, 9, 8, 7, 6, 5, 4);
            assertThat(last.more()).isTrue();
            assertThat(rest.messages()).hasSize(3);
            assertThat(rest.more()).isFalse();
            assertThat(store.reads().changesSince(id, 1, Samples.now()).reset()).isTrue();
            assertThat(store.reads().changesSince(id, 4, Samples.now()).messages()).hasSize(7);
            assertThat(store.reads().changesSince(id, 3, Samples.now()).reset()).isTrue();
            assertThat(searchedToTheEnd(store.reads(), "heavy")).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void no_more_than_1000_changes() {
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, 1_001, "light");

            assertThat(store.reads().changesSince(id, 1, Samples.now()).reset()).isTrue();
            assertThat(store.reads().changesSince(id, 2, Samples.now()).messages()).hasSize(1_000);
            assertThat(store.reads().changesSince(id, 1_002, Samples.now()).reset()).isFalse();
            assertThat(store.reads().changesSince(id, 1_003, Samples.now()).reset()).isTrue();
        }
    }

    @Test
    void times_are_the_same_in_every_time_zone_of_session_and_machine() {
        TimeZone before = TimeZone.getDefault();
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, 1, "text");
            Conversation head = store.reads().find(id, Samples.now()).orElseThrow();
            // The driver tells the server the JVM's zone when it connects.
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            try (var connections = Connections.open(TestStore.settings(store.database()));
                    var sessions = HibernateMapping.create(connections.reads())) {
                assertThat(new JpaConversationReads(sessions).find(id, Samples.now())).contains(head);
            }
            assertThat(head.createdAt()).isBefore(Samples.now()).isAfter(Samples.now().minusSeconds(60));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static List<SearchHit> searchedToTheEnd(ConversationReader reads, String text) {
        var hits = new ArrayList<SearchHit>();
        Optional<SearchQuery.Key> after = Optional.empty();
        do {
            var page = reads.search(Samples.ALICE, new SearchQuery(text, false, Optional.empty(), 100, after),
                    Samples.now());
            assertThat(page.items().stream().mapToLong(hit -> hit.message().orElseThrow().weight()).sum())
                    .isBetween(1L, (long) Window.MAX_BYTES);
            hits.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return hits;
    }

    private static ConversationId insert(TestStore store, int count, String text) {
        ConversationId id = Samples.newConversationId();
        Conversation head = Conversation.from(Samples.started(id));
        var messages = new ArrayList<Message>();
        for (int i = 0; i < count; i++) {
            MessageDraft draft = Samples.draft(text);
            var appended = head.append(draft, Samples.now());
            messages.add(appended.message());
            head = head.apply(appended).orElseThrow();
        }
        store.insert(head, messages);
        return id;
    }
}
