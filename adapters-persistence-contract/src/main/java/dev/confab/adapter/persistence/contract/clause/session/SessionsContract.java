package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.BOB;
import static dev.confab.adapter.persistence.contract.sample.Samples.draft;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** S17: sessions and turns are part of their conversation's commits, of its bin and of its end. */
public abstract class SessionsContract extends ContractTest {

    @Test
    void sessions_and_turns_are_committed_with_all_else_of_a_work_or_not_at_all_S17() {
        ConversationId id = Samples.newConversationId();
        Session session = session(id);

        assertThatThrownBy(() -> store().transact(id, tx -> {
            beginAll(tx, session);
            throw new IllegalStateException("changed its mind");
        })).hasMessage("changed its mind");
        assertThat(reader().find(id, now())).isEmpty();
        assertThat(sessions().session(ALICE, session.id(), now())).isEmpty();

        Turn turn = store().transact(id, tx -> beginAll(tx, session));
        assertThat(texts(id)).containsExactly("a prompt");
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of(turn)));
        assertThatThrownBy(() -> store().transact(id, tx -> {
            run(tx, SessionTransactions.complete(turn.id(), 1, draft("a reply"), now()));
            run(tx, SessionTransactions.end(session.id(), now()));
            throw new IllegalStateException("changed its mind");
        })).hasMessage("changed its mind");
        assertThat(texts(id)).containsExactly("a prompt");
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of(turn)));
    }

    @Test
    void what_the_storage_refused_of_sessions_and_turns_is_not_recorded_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        Optional<Faults> faults = db().faults();
        assumeTrue(faults.isPresent(), "this store's storage cannot be made to fail");
        faults.orElseThrow().failNextCommit(Faults.Failure.REFUSED);

        assertThatThrownBy(() -> complete(turn)).isInstanceOf(StorageUnavailable.class);

        assertThat(activity(turn.conversationId()).turn(turn.id())).isEqualTo(turn);
        assertThat(messages(turn.conversationId())).hasSize(1);
        assertThat(complete(turn).isFinished()).isTrue();
    }

    @Test
    void a_work_reads_the_sessions_and_turns_that_it_recorded_S17() {
        ConversationId id = Samples.newConversationId();
        Session session = session(id);

        store().transact(id, tx -> {
            assertThat(tx.activity()).isEqualTo(Activity.NONE);
            Turn turn = beginAll(tx, session);
            assertThat(tx.activity()).isEqualTo(new Activity(List.of(session), List.of(turn)));
            run(tx, SessionTransactions.end(session.id(), now()));
            assertThat(tx.activity().sessions()).isEmpty();
            return turn;
        });

        assertThat(activity(id).sessions()).isEmpty();
        assertThat(activity(id).openTurn()).isEmpty();
    }

    @Test
    void they_count_a_revision_and_no_version_S17() {
        ConversationId id = start();
        Conversation before = head(id);
        var revisions = new ConcurrentLinkedQueue<Long>();

        try (var _ = db().feed().subscribe(hint -> {
            if (hint.conversation().equals(id)) {
                revisions.add(hint.revision());
            }
        })) {
            Session session = begin(session(id));
            store().transact(id, SessionTransactions.change(session.id(), s -> s.activate(now()), now()));
            store().transact(id, SessionTransactions.end(session.id(), now()));
            assertThat(head(id)).isEqualTo(before);
            TestThreads.await(() -> revisions.contains(4L));
        }

        assertThat(revisions).allMatch(revision -> revision <= 4);
        db().reopen();
        assertThat(head(id)).isEqualTo(before);
    }

    @Test
    void what_a_transact_did_to_them_every_instance_reads_at_once_S17() {
        Session session = begin(session(start()));
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());

        for (int n = 1; n <= 10; n++) {
            StoreUnderTest writing = n % 2 == 0 ? db() : other;
            StoreUnderTest reading = n % 2 == 0 ? other : db();
            Session changed = writing.store().transact(id,
                    SessionTransactions.change(session.id(), s -> s.activate(now()), now()));
            Turn turn = writing.store().transact(id,
                    SessionTransactions.start(newTurnId(), session.id(), draft("x"), now(),
                            now().plus(SessionSamples.LEASE)));
            var view = Optional.of(new SessionView(changed, Optional.of(turn)));
            assertThat(reading.sessions().session(ALICE, session.id(), now())).isEqualTo(view);
            assertThat(reading.sessions().current(ALICE, now())).isEqualTo(view);
            assertThat(reading.sessions().turn(ALICE, turn.id(), now())).contains(turn);
            assertThat(reading.sessions().activity(id, now()).openTurn()).contains(turn);
            reading.store().transact(id, SessionTransactions.cancel(turn.id(), now()));
            assertThat(writing.sessions().activity(id, now()).openTurn()).isEmpty();
        }
    }

    @Test
    void a_session_and_its_turn_are_of_one_moment_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        ConversationId id = turn.conversationId();
        var readers = new CountDownLatch(2);
        Instant now = now();

        TestThreads.run(3, thread -> {
            if (thread == 0) {
                while (readers.getCount() > 0 && TestThreads.goesOn()) {
                    countUp(session, turn);
                }
                return thread;
            }
            try {
                for (int n = 0; n < 50; n++) {
                    SessionView view = sessions().session(ALICE, session.id(), now).orElseThrow();
                    assertThat(view.turn().orElseThrow().textSoFar()).isEqualTo(countOf(view.session()));
                    Activity all = sessions().activity(id, now);
                    assertThat(all.turn(turn.id()).textSoFar()).isEqualTo(countOf(all.sessions().getFirst()));
                }
            } finally {
                readers.countDown();
            }
            return thread;
        });
    }

    /** Session and turn say the same number, in each commit. */
    private void countUp(Session session, Turn turn) {
        store().transact(turn.conversationId(), tx -> {
            Session changed = SessionTransactions
                    .change(session.id(), s -> s.makePermanent(Samples.title(s.version().next().toString()),
                            now()).orElseThrow(), now())
                    .apply(tx);
            return SessionTransactions.turn(turn.id(), t -> Optional.of(
                    t.renew(1, now().plus(SessionSamples.LEASE), changed.version().toString(), now()))).apply(tx);
        });
    }

    private static String countOf(Session session) {
        return session.version().value() == 1 ? "" : session.name().orElseThrow().value();
    }

    @Test
    void the_bin_hides_them_and_a_restoration_shows_them_as_they_were_S17() {
        Session session = begin(session(start()));
        Turn turn = complete(startTurn(session));
        ConversationId id = session.conversationId();
        Activity before = activity(id);

        delete(id);
        assertUnseen(session, turn);
        assertThat(store().transact(id, ConversationTransaction::activity)).isEqualTo(before);
        db().reopen();
        assertUnseen(session, turn);

        restore(id);
        assertThat(activity(id)).isEqualTo(before);
        assertThat(sessions().session(ALICE, session.id(), now()))
                .contains(new SessionView(session, Optional.of(turn)));
        assertThat(sessions().turn(ALICE, turn.id(), now())).contains(turn);
    }

    @Test
    void a_purge_takes_them_away_S17() {
        Session session = begin(session(start()));
        Turn turn = complete(startTurn(session));
        ConversationId id = session.conversationId();
        delete(id);

        purge(id);

        assertUnseen(session, turn);
        assertThat(store().transact(id, ConversationTransaction::activity)).isEqualTo(Activity.NONE);
        store().transact(id, Transactions.begin(Samples.started(id)));
        assertThat(activity(id)).isEqualTo(Activity.NONE);
        begin(session);
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of()));
        db().reopen();
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of()));
    }

    @Test
    void a_work_that_purges_and_begins_anew_leaves_none_of_them_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        ConversationId id = session.conversationId();
        Session second = session(id);

        store().transact(id, tx -> {
            run(tx, SessionTransactions.begin(session(id)));
            tx.record(tx.conversation().delete(now()).orElseThrow());
            tx.record(tx.find().orElseThrow().purge(now()));
            assertThat(tx.activity()).isEqualTo(Activity.NONE);
            tx.record(Samples.started(id));
            return SessionTransactions.begin(second).apply(tx);
        });

        assertThat(activity(id)).isEqualTo(new Activity(List.of(second), List.of()));
        assertUnseen(session, turn);
        db().reopen();
        assertThat(activity(id)).isEqualTo(new Activity(List.of(second), List.of()));
    }

    @Test
    void they_go_with_their_owner_and_no_one_elses_do_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        ConversationId bobs = start(BOB, Optional.empty());
        Session bob = begin(SessionSamples.session(session.id(), bobs, BOB, session.lifetime(), now()));

        assertThat(db().eraser().erase(ALICE)).isOne();

        assertUnseen(session, turn);
        assertThat(sessions().session(BOB, bob.id(), now())).contains(new SessionView(bob, Optional.empty()));
        assertThat(activity(bobs).sessions()).containsExactly(bob);
    }

    @Test
    void readers_of_them_are_refused_within_a_work_S17() {
        Session session = begin(session(start()));
        ConversationId id = session.conversationId();

        for (Supplier<Object> read : List.<Supplier<Object>>of(() -> activity(id),
                () -> sessions().session(ALICE, session.id(), now()), () -> sessions().current(ALICE, now()),
                () -> sessions().sessions(ALICE, new SessionQuery(1, Optional.empty()), now()),
                () -> sessions().turn(ALICE, newTurnId(), now()), () -> sessions().expiredSessions(now(), 1),
                () -> sessions().expiredLeases(now(), 1))) {
            assertThatThrownBy(() -> store().transact(id, tx -> read.get())).isInstanceOf(IllegalStateException.class);
        }
    }

    private static <R> R run(ConversationTransaction tx, Function<ConversationTransaction, R> work) {
        return work.apply(tx);
    }

    private static Turn beginAll(ConversationTransaction tx, Session session) {
        tx.record(Samples.started(session.conversationId()));
        run(tx, SessionTransactions.begin(session));
        return SessionTransactions.start(newTurnId(), session.id(), draft("a prompt"), now(),
                now().plus(SessionSamples.LEASE)).apply(tx);
    }

    private Turn complete(Turn turn) {
        return store().transact(turn.conversationId(),
                SessionTransactions.complete(turn.id(), turn.step(), draft("a reply"), now()));
    }

    /** By any reader; its conversation may be there again. */
    private void assertUnseen(Session session, Turn turn) {
        assertThat(sessions().session(ALICE, session.id(), now())).isEmpty();
        assertThat(sessions().turn(ALICE, turn.id(), now())).isEmpty();
        assertThat(sessions().current(ALICE, now()).map(SessionView::session)).isNotEqualTo(Optional.of(session));
        assertThat(sessions().sessions(ALICE, new SessionQuery(100, Optional.empty()), now()).items())
                .extracting(SessionView::session).doesNotContain(session);
        if (reader().find(session.conversationId(), now()).isEmpty()) {
            assertThat(sessions().current(ALICE, now())).isEmpty();
            assertThatThrownBy(() -> activity(session.conversationId())).isInstanceOf(ConversationNotFound.class);
        }
    }
}
