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

/** S17: sessions and turns are committed, hidden and removed together with their conversation. */
public abstract class SessionsContract extends ContractTest {

    @Test
    void sessions_and_turns_are_committed_atomically_with_everything_else_S17() {
        ConversationId id = Samples.newConversationId();
        Session session = session(id);

        assertThatThrownBy(() -> store().transact(id, tx -> {
            beginAll(tx, session);
            throw new IllegalStateException("gave up");
        })).hasMessage("gave up");
        assertThat(reader().find(id, now())).isEmpty();
        assertThat(sessions().session(ALICE, session.id(), now())).isEmpty();

        Turn turn = store().transact(id, tx -> beginAll(tx, session));
        assertThat(texts(id)).containsExactly("a prompt");
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of(turn)));
        assertThatThrownBy(() -> store().transact(id, tx -> {
            run(tx, SessionTransactions.complete(turn.id(), 1, draft("a reply"), now()));
            run(tx, SessionTransactions.end(session.id(), now()));
            throw new IllegalStateException("gave up");
        })).hasMessage("gave up");
        assertThat(texts(id)).containsExactly("a prompt");
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of(turn)));
    }

    @Test
    void changes_of_sessions_and_turns_that_the_storage_refused_are_not_recorded_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        Optional<Faults> faults = db().faults();
        assumeTrue(faults.isPresent(), "the storage of this store cannot be made to fail");
        faults.orElseThrow().failNextCommit(Faults.Failure.REFUSED);

        assertThatThrownBy(() -> complete(turn)).isInstanceOf(StorageUnavailable.class);

        assertThat(activity(turn.conversationId()).turn(turn.id())).isEqualTo(turn);
        assertThat(messages(turn.conversationId())).hasSize(1);
        assertThat(complete(turn).isFinished()).isTrue();
    }

    @Test
    void a_transaction_reads_the_sessions_and_turns_that_it_recorded_S17() {
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
    void a_change_of_sessions_increases_the_revision_and_not_the_version_S17() {
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
    void every_instance_reads_changed_sessions_and_turns_as_soon_as_transact_returns_S17() {
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
    void a_session_and_its_turn_are_read_from_one_commit_S17() {
        Session session = begin(session(start()));
        Turn turn = startTurn(session);
        ConversationId id = turn.conversationId();
        var readers = new CountDownLatch(2);
        Instant now = now();

        TestThreads.run(3, thread -> {
            if (thread == 0) {
                while (readers.getCount() > 0 && TestThreads.noneFailed()) {
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

    /** Writes the same number into the session and the turn, in one commit. */
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
    void deletion_hides_sessions_and_turns_and_restoring_shows_them_unchanged_S17() {
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
    void a_purge_removes_sessions_and_turns_S17() {
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
    void purging_and_creating_in_one_transaction_removes_old_sessions_and_turns_S17() {
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
    void erasing_an_owner_removes_sessions_and_turns_of_that_owner_only_S17() {
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
    void reading_sessions_inside_a_transaction_is_rejected_S17() {
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

    /** Checks all readers. The conversation may have been created again. */
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
