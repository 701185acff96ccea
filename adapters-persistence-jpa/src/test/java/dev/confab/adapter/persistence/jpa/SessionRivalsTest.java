package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnSuperseded;
import dev.confab.testsupport.postgres.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two instances over one database: sessions and turns are looked up while a transaction function runs, and may be of another moment than
 * its head.
 */
class SessionRivalsTest {
    private static Database database;
    private static JpaStore one;
    private static JpaStore other;

    @BeforeAll
    static void open() {
        database = EmptyDatabases.make();
        one = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
        other = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        database.close();
    }

    private static Session begin(JpaStore store) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        return store.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
    }

    private static Turn start(JpaStore store, Session session) {
        return store.transact(session.conversationId(),
                SessionTransactions.start(SessionSamples.newTurnId(), session.id(),
                        Samples.draft("prompt"), Samples.now(), Samples.now().plusSeconds(3600)));
    }

    private Activity stored(ConversationId id) {
        return one.sessions().activity(id, Samples.now());
    }

    /** The head is known already, the activity is looked up after the other's commit: together they never were. */
    @Test
    void a_function_that_records_no_events_reads_head_and_activity_of_one_moment_S3() {
        Session session = begin(one);
        var runs = new AtomicInteger();

        List<Integer> seen = one.transact(session.conversationId(), tx -> {
            int messages = tx.conversation().messageCount();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> start(other, session));
            }
            return List.of(messages, tx.activity().turns().size());
        });

        assertThat(seen).containsExactly(1, 1);
        assertThat(runs).hasValue(2);
    }

    /** The same where no head was known before and only what the work sees could show it. */
    @Test
    void a_function_on_an_unknown_conversation_reads_head_and_activity_of_one_moment_S3() {
        Session session = begin(other);
        var runs = new AtomicInteger();

        List<Integer> seen = one.transact(session.conversationId(), tx -> {
            int messages = tx.conversation().messageCount();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> start(other, session));
            }
            return List.of(messages, tx.activity().turns().size());
        });

        assertThat(seen).containsExactly(1, 1);
    }

    @Test
    void a_turn_started_elsewhere_during_the_function_is_in_progress_S18() {
        Session session = begin(one);
        var begun = new CompletableFuture<Turn>();
        var start = SessionTransactions.start(SessionSamples.newTurnId(), session.id(), Samples.draft("late"),
                Samples.now(),
                Samples.now().plusSeconds(3600));

        assertThatThrownBy(() -> one.transact(session.conversationId(), tx -> {
            Turn late = start.apply(tx);
            if (!begun.isDone()) {
                elsewhere(() -> begun.complete(start(other, session)));
            }
            return late;
        })).isInstanceOfSatisfying(TurnInProgress.class,
                refused -> assertThat(refused.turnId()).isEqualTo(begun.join().id()));

        assertThat(stored(session.conversationId()).turns()).containsExactly(begun.join());
        assertThat(one.reader().find(session.conversationId(), Samples.now()).orElseThrow().messageCount())
                .isEqualTo(1);
    }

    /** A renewal changes no version and no message: only the revision shows that the other was faster. */
    @Test
    void a_change_of_sessions_alone_is_not_written_over_a_later_one_S3() {
        Session session = begin(one);
        ConversationId id = session.conversationId();
        var runs = new AtomicInteger();

        one.transact(id, tx -> {
            Session found = tx.activity().find(session.id()).orElseThrow();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> other.transact(id,
                        SessionTransactions.change(session.id(), changed -> changed.activate(Samples.now()),
                                Samples.now())));
            }
            Session kept = found.makePermanent(Samples.title("kept"), Samples.now()).orElseThrow();
            tx.record(new SessionChanged(kept, Samples.now()));
            return kept;
        });

        Session stored = stored(id).find(session.id()).orElseThrow();
        assertThat(stored.name()).isEqualTo(Samples.title("kept"));
        assertThat(stored.activatedAt()).isAfter(session.activatedAt());
        assertThat(runs).hasValue(2);
    }

    /** The runner that slept wakes up behind a lease that another instance ended. */
    @Test
    void a_run_in_an_earlier_step_of_its_turn_writes_nothing_S19() {
        Session session = begin(one);
        Turn turn = start(one, session);
        Turn asked = other.transact(session.conversationId(),
                SessionTransactions.turn(turn.id(), running -> Optional.of(running.ask(1,
                        List.of(new ToolRound("", List.of(ToolCall
                                .asked("call", "tool", "{}", true)))),
                        Optional.empty(), Samples.now().plusSeconds(3600), Samples.now()))));

        assertThatThrownBy(() -> one.transact(session.conversationId(),
                SessionTransactions.complete(turn.id(), 1, Samples.draft("late"), Samples.now())))
                .isInstanceOf(TurnSuperseded.class);
        assertThat(stored(session.conversationId()).openTurn()).contains(asked);
    }

    /** Sessions of an earlier life are gone, and the new ones are not shown under the old head. */
    @Test
    void a_conversation_purged_and_created_again_elsewhere_has_no_old_sessions_S17() {
        Session session = begin(one);
        ConversationId id = session.conversationId();
        other.transact(id, Transactions.move(head -> head.delete(Samples.now())));
        other.transact(id, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
        other.transact(id, Transactions.begin(Samples.started(id)));
        Session later = other.transact(id, SessionTransactions.begin(SessionSamples.session(id)));

        Activity seen = one.transact(id, ConversationTransaction::activity);
        assertThat(seen.sessions()).containsExactly(later);
        assertThat(one.sessions().session(Samples.ALICE, session.id(), Samples.now())).isEmpty();
    }

    /** With the row locked the activity is looked up on the connection that holds it. */
    @Test
    void a_turn_gets_through_against_an_instance_that_is_always_faster_S8() {
        Session session = begin(one);
        ConversationId id = session.conversationId();
        TurnId turn = SessionSamples.newTurnId();
        var runs = new AtomicInteger();
        var start = SessionTransactions.start(turn, session.id(), Samples.draft("slow"), Samples.now(),
                Samples.now().plusSeconds(3600));

        one.transact(id, tx -> {
            Turn started = start.apply(tx);
            if (runs.incrementAndGet() <= 3) {
                elsewhere(() -> other.transact(id, Transactions.append(Samples.draft("fast"), Samples.now())));
            }
            return started;
        });

        assertThat(runs).hasValue(4);
        assertThat(stored(id).openTurn()).map(Turn::id).contains(turn);
        assertThat(one.reader().find(id, Samples.now()).orElseThrow().messageCount()).isEqualTo(4);
    }

    /** Transactions that wait for one another in one instance see each other's sessions before any is committed. */
    @Test
    void transactions_that_share_a_commit_see_each_others_sessions_in_the_order_of_their_start_S17() {
        ConversationId id = Samples.newConversationId();
        one.transact(id, Transactions.begin(Samples.started(id)));
        var all = new ArrayList<CompletableFuture<List<SessionId>>>();
        for (int n = 0; n < 15; n++) {
            Session session = SessionSamples.session(id);
            all.add(CompletableFuture.supplyAsync(() -> one.transact(id, tx -> {
                tx.activity().start(session, session.createdAt()).forEach(tx::record);
                return tx.activity().sessions().stream().map(Session::id).toList();
            }), Thread::startVirtualThread));
        }

        List<SessionId> stored = all.stream().map(CompletableFuture::join)
                .max(Comparator.comparing(List::size)).orElseThrow();

        assertThat(stored).hasSize(15);
        assertThat(all).allSatisfy(seen -> assertThat(stored).startsWith(seen.join().toArray(SessionId[]::new)));
        assertThat(stored(id).sessions()).extracting(Session::id).isEqualTo(stored);
    }

    /** On another thread, because a transaction function may not use a store. */
    private static void elsewhere(Runnable action) {
        CompletableFuture.runAsync(action, Thread::startVirtualThread).join();
    }
}
