package dev.confab.adapter.persistence.contract.clause.move;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** M1 and M2: everything that is stored is found, and read as it is stored. */
public abstract class StoredContract extends ContractTest {
    /** So early that whatever ends then has expired for every reader. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    @Test
    void the_ids_of_all_conversations_come_in_order_over_pages_M1() {
        List<ConversationId> live = IntStream.range(0, 5).mapToObj(i -> start(i % 2 == 0 ? ALICE : BOB)).toList();
        List<ConversationId> high = Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1))
                .map(ConversationId::new).map(id -> create(Samples.started(id)).id()).toList();
        ConversationId deleted = start();
        delete(deleted);
        ConversationId expired = create(
                Samples.startedUntil(Samples.newConversationId(), Optional.empty(), LONG_AGO)).id();
        ConversationId purged = start();
        delete(purged);
        purge(purged);

        List<ConversationId> all = Stream.of(live, high, List.of(deleted, expired)).flatMap(List::stream).sorted()
                .toList();
        nowAndAfterReopening(() -> {
            assertThat(ids(Optional.empty(), 3)).isEqualTo(all);
            assertThat(ids(Optional.empty(), 100)).isEqualTo(all);
            assertThat(ids(Optional.of(BOB), 1)).containsExactly(live.get(1), live.get(3));
            assertThat(ids(Optional.of(ALICE), 2)).hasSize(all.size() - 2).isSorted().contains(deleted, expired);
            assertThat(ids(Optional.of(new OwnerId("nobody")), 1)).isEmpty();
        });
    }

    @Test
    void pages_of_ids_stay_correct_while_conversations_come_and_go_M1() {
        List<ConversationId> kept = IntStream.range(0, 20).mapToObj(_ -> start()).toList();

        TestThreads.race(_ -> {
            ConversationId id = start();
            delete(id);
            purge(id);
            delete(kept.get(7));
            restore(kept.get(7));
        }, () -> () -> {
            List<ConversationId> found = ids(Optional.empty(), 3);
            assertThat(found).isSorted().doesNotHaveDuplicates().containsAll(kept);
            return read(kept.get(7)).window().conversation().version().value();
        });
    }

    @Test
    void a_conversation_is_read_as_it_is_stored_M2() {
        ConversationId deleted = startWith("in the bin");
        delete(deleted);
        ConversationId expired = create(
                Samples.startedUntil(Samples.newConversationId(), Samples.title("expired"), LONG_AGO)).id();
        append(expired, "after the end");
        ConversationId withSessions = start();
        Session living = begin(SessionSamples.session(withSessions));
        Session over = begin(SessionSamples.session(withSessions, LONG_AGO));
        Turn turn = startTurn(living);

        nowAndAfterReopening(() -> {
            StoredWindow bin = read(deleted);
            assertThat(bin.window().conversation().isDeleted()).isTrue();
            assertThat(bin.window().messages()).extracting(Message::text).containsExactly("in the bin");
            StoredWindow end = read(expired);
            assertThat(end.window().conversation().expiresAt()).contains(LONG_AGO);
            assertThat(end.window().messages()).extracting(Message::text).containsExactly("after the end");
            assertThat(read(withSessions).activity().sessions()).containsExactly(living, over);
            assertThat(read(withSessions).activity().turns()).containsExactly(turn);
            assertThat(everything().read(Samples.newConversationId(), Window.first(1))).isEmpty();
        });
    }

    @Test
    void a_window_of_stored_conversations_has_the_limits_of_every_window_M2() {
        ConversationId id = startWith("one", "two", "three", "four");
        delete(id);

        StoredWindow first = everything().read(id, Window.first(3)).orElseThrow();
        assertThat(first.window().messages()).extracting(Message::text).containsExactly("one", "two", "three");
        assertThat(first.window().more()).isTrue();
        StoredWindow rest = everything().read(id, Window.after(3, 3)).orElseThrow();
        assertThat(rest.window().messages()).extracting(Message::text).containsExactly("four");
        assertThat(rest.window().more()).isFalse();
    }

    @Test
    void head_messages_and_sessions_are_from_one_commit_M2() {
        ConversationId id = startWith("round 0");
        Session session = begin(SessionSamples.session(id));

        TestThreads.race(round -> store().transact(id, tx -> inRound(tx, session, round)), () -> () -> {
            StoredWindow read = read(id);
            long round = read.activity().find(session.id()).orElseThrow().version().value() - 1;
            List<Message> messages = read.window().messages();
            assertThat(messages).hasSize(read.window().conversation().messageCount());
            assertThat(messages.getLast().text()).isEqualTo("round " + round);
            return round;
        });
    }

    /** Replaces all messages, and changes the session, in one commit. */
    private static long inRound(ConversationTransaction tx, Session session, int round) {
        tx.record(tx.conversation().clear(now()).orElseThrow());
        tx.record(tx.conversation().append(draft("round " + round), now()));
        var named = tx.activity().find(session.id()).orElseThrow().change(before -> new Session.Settings(
                Samples.title("round " + round), before.instructions(), before.model(), before.contextTokens(),
                before.context()), now());
        tx.record(new SessionChanged(named.orElseThrow(), now()));
        return round;
    }

    @Test
    void every_instance_reads_acknowledged_commits_M2() {
        ConversationId id = start();
        var other = opened(db().another());
        for (int i = 1; i <= 20; i++) {
            append(id, "message " + i);
            assertThat(other.stored().read(id, Window.last(1)).orElseThrow().window().messages().getFirst().text())
                    .isEqualTo("message " + i);
        }
        ConversationId later = start();
        assertThat(other.stored().ids(Optional.empty(), Optional.empty(), 10)).containsExactly(id, later);
    }

    @Test
    void stored_conversations_cannot_be_read_inside_a_transaction_M2() {
        ConversationId id = start();
        assertRejectedInside(id, () -> everything().ids(Optional.empty(), Optional.empty(), 1));
        assertRejectedInside(id, () -> everything().read(id, Window.first(1)));
        assertThat(soon(() -> read(id)).window().messages()).isEmpty();
        assertThat(lockTimeout()).isGreaterThan(Duration.ZERO);
    }

    private StoredWindow read(ConversationId id) {
        return everything().read(id, Window.first(Window.MAX_LIMIT)).orElseThrow();
    }

    /** The ids of all pages. */
    private List<ConversationId> ids(Optional<OwnerId> owner, int limit) {
        List<ConversationId> all = new ArrayList<>();
        List<ConversationId> page;
        do {
            page = everything().ids(owner, all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()), limit);
            assertThat(page.size()).isLessThanOrEqualTo(limit);
            all.addAll(page);
            assertThat(all.size()).as("number of ids on all pages").isLessThan(1_000);
        } while (page.size() == limit);
        return all;
    }
}
