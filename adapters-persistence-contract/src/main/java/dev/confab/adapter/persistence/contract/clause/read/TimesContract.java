package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S14: every time that the domain accepts is returned exactly, whatever calendar or time zone a storage counts in. */
public abstract class TimesContract extends ContractTest {
    /** In order. Calendars differ before 15 October 1582, and offsets of time zones have seconds before about 1900. */
    private static final List<Instant> TIMES = Stream.concat(Stream.concat(Stream.of(Times.EARLIEST),
            Stream.of("0001-12-31T23:59:59.999Z", "0004-02-29T12:00:00.001Z", "1000-01-01T00:00:00Z",
                    "1500-02-28T23:59:59.999Z", "1500-03-01T00:00:00Z", "1582-10-04T23:59:59.999Z",
                    "1582-10-05T00:00:00Z", "1582-10-14T23:59:59.999Z", "1582-10-15T00:00:00Z",
                    "1883-11-18T16:59:59.999Z", "1900-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z",
                    "1970-01-01T00:00:00Z", "2026-03-29T01:30:00.123Z").map(Instant::parse)),
            Stream.of(Times.LATEST)).toList();

    @Test
    void the_times_of_conversations_and_messages_are_returned_exactly_S14() {
        Map<ConversationId, Message> written = new HashMap<>();
        List<Conversation> heads = new ArrayList<>();
        for (Instant time : TIMES) {
            var message = new Message(Samples.newMessageId(), 1, Role.USER, "needle", Optional.empty(),
                    Metadata.EMPTY, time, Optional.of(time), Version.FIRST, Samples.digest("needle"));
            Conversation head = create(Samples.importedAt(time, message));
            heads.add(head);
            written.put(head.id(), message);
        }

        nowAndAfterReopening(() -> {
            for (Conversation head : heads) {
                assertThat(head(head.id())).isEqualTo(head);
                assertThat(reader().read(head.id(), Window.first(1), now()).messages())
                        .containsExactly(written.get(head.id()));
            }
            assertThat(list(ALICE, Sort.CREATED)).containsExactlyElementsOf(heads.reversed());
            assertThat(list(ALICE, Sort.UPDATED)).containsExactlyElementsOf(heads.reversed());
            List<SearchHit> hits = this.<SearchHit, SearchQuery.Key>allPages(5, after -> reader().search(ALICE,
                    new SearchQuery("needle", false, Optional.empty(), 5, after), now()));
            assertThat(hits).extracting(SearchHit::createdAt).containsExactlyElementsOf(TIMES.reversed());
        });
    }

    @Test
    void the_times_of_deletion_and_expiry_are_returned_exactly_S14() {
        List<Conversation> deleted = new ArrayList<>();
        Map<ConversationId, Conversation> temporary = new HashMap<>();
        for (Instant time : TIMES) {
            ConversationId id = create(Samples.startedAt(time, Samples.newConversationId(), Optional.empty())).id();
            deleted.add(store().transact(id, Transactions.move(head -> head.delete(time))).orElseThrow());
            Conversation until = create(Samples.startedUntil(Samples.newConversationId(), Optional.empty(), time));
            temporary.put(until.id(), until);
        }

        nowAndAfterReopening(() -> {
            temporary.forEach((id, head) -> assertThat(store().<Optional<Conversation>>transact(id,
                    ConversationTransaction::find)).contains(head));
            assertThat(list(ALICE, Sort.DELETED)).containsExactlyElementsOf(deleted.reversed())
                    .extracting(head -> head.deletedAt().orElseThrow()).containsExactlyElementsOf(TIMES.reversed());
            for (int earlier = 0; earlier < TIMES.size(); earlier++) {
                assertThat(reader().deletedBefore(TIMES.get(earlier), TIMES.size()))
                        .containsExactlyInAnyOrderElementsOf(deleted.subList(0, earlier));
            }
        });
    }

    @Test
    void a_conversation_from_far_ahead_has_the_times_of_the_clock_after_its_next_change_S14() {
        Instant ahead = Instant.parse("2099-01-01T00:00:00Z");
        var first = new Message(Samples.newMessageId(), 1, Role.USER, "ahead", Optional.empty(), Metadata.EMPTY, ahead,
                Optional.empty(), Version.FIRST, Samples.digest("ahead"));
        ConversationId id = create(Samples.importedAt(ahead, first)).id();
        ConversationId other = start();
        Instant at = now();

        Message second = store().transact(id, Transactions.append(draft("now"), at));

        assertThat(second.createdAt()).isEqualTo(at);
        nowAndAfterReopening(() -> {
            assertThat(head(id)).extracting(Conversation::createdAt, Conversation::updatedAt).containsExactly(at, at);
            assertThat(messages(id)).containsExactly(first, second);
            assertThat(list(ALICE, Sort.CREATED)).containsExactly(head(id), head(other));
        });
        append(other, "later");
        assertThat(list(ALICE, Sort.UPDATED)).containsExactly(head(other), head(id));
    }

    @Test
    void a_deletion_has_the_time_of_the_clock_whatever_the_times_of_the_conversation_S14() {
        for (String time : List.of("2099-01-01T00:00:00Z", "2026-01-01T20:00:00Z", "0001-01-01T00:00:00Z")) {
            ConversationId id = create(
                    Samples.startedAt(Instant.parse(time), Samples.newConversationId(), Optional.empty())).id();
            Instant at = now();

            store().transact(id, Transactions.move(head -> head.delete(at)));

            nowAndAfterReopening(() -> {
                assertThat(list(ALICE, Sort.DELETED)).extracting(Conversation::deletedAt)
                        .containsExactly(Optional.of(at));
                assertThat(reader().deletedBefore(at.plusMillis(1), 10)).extracting(Conversation::id)
                        .containsExactly(id);
            });
            purge(id);
        }
    }

    @Test
    void the_times_of_sessions_and_turns_are_returned_exactly_S14() {
        Map<ConversationId, Activity> written = new HashMap<>();
        for (Instant time : TIMES) {
            ConversationId id = startWith("a prompt");
            Session session = SessionSamples.session(SessionSamples.newSessionId(), id, ALICE,
                    new Lifetime.Temporary(time), time);
            written.put(id, store().transact(id, tx -> {
                tx.record(new SessionStarted(session, time));
                tx.activity().start(SessionSamples.newTurnId(), session, tx.messageAt(1).orElseThrow().id(),
                        Samples.digest("turn"), time, time).forEach(tx::record);
                return tx.activity();
            }));
        }

        nowAndAfterReopening(() -> written.forEach((id, activity) -> assertThat(
                store().<Activity>transact(id, ConversationTransaction::activity)).isEqualTo(activity)));
    }
}
