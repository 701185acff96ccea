package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.session;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
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
import java.util.function.Function;
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
        assertActivity(id, session, turn);
        assertThatThrownBy(() -> store().transact(id, tx -> {
            run(tx, SessionTransactions.complete(turn.id(), 1, draft("a reply"), now()));
            run(tx, SessionTransactions.end(session.id(), now()));
            throw new IllegalStateException("gave up");
        })).hasMessage("gave up");
        assertThat(texts(id)).containsExactly("a prompt");
        assertActivity(id, session, turn);
    }

    @Test
    void changes_of_sessions_and_turns_that_the_storage_refused_are_not_recorded_S17() {
        Session session = beginSession();
        Turn turn = startTurn(session);
        failNextCommit(Faults.Failure.REFUSED);

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
            activate(session);
            end(session);
            assertThat(head(id)).isEqualTo(before);
            TestThreads.await(() -> revisions.contains(4L));
        }

        assertThat(revisions).allMatch(revision -> revision <= 4);
        db().reopen();
        assertThat(head(id)).isEqualTo(before);
    }

    @Test
    void every_instance_reads_changed_sessions_and_turns_as_soon_as_transact_returns_S17() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());

        for (int n = 1; n <= 10; n++) {
            StoreUnderTest writing = n % 2 == 0 ? db() : other;
            StoreUnderTest reading = n % 2 == 0 ? other : db();
            Session changed = writing.store().transact(id,
                    SessionTransactions.change(session.id(), s -> s.activate(now()), now()));
            Turn turn = writing.store().transact(id,
                    SessionTransactions.start(newTurnId(), session.id(), draft("x"), now(), lease()));
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
        Session session = beginSession();
        Turn turn = startTurn(session);
        Instant now = now();

        TestThreads.race(round -> countUp(session, turn), () -> () -> {
            SessionView view = sessions().session(ALICE, session.id(), now).orElseThrow();
            assertThat(view.turn().orElseThrow().textSoFar()).isEqualTo(countOf(view.session()));
            Activity all = sessions().activity(turn.conversationId(), now);
            assertThat(all.turn(turn.id()).textSoFar()).isEqualTo(countOf(all.sessions().getFirst()));
            return view.session().version().value();
        });
    }

    /** Writes the same number into the session and the turn, in one commit. */
    private void countUp(Session session, Turn turn) {
        store().transact(turn.conversationId(), tx -> {
            Session changed = run(tx, SessionTransactions.change(session.id(),
                    s -> s.makePermanent(Samples.title(s.version().next().toString()), now()).orElseThrow(), now()));
            return run(tx, SessionTransactions.turn(turn.id(),
                    t -> Optional.of(t.renew(1, lease(), changed.version().toString(), now()))));
        });
    }

    private static String countOf(Session session) {
        return session.version().value() == 1 ? "" : session.name().orElseThrow().value();
    }

    @Test
    void deletion_hides_sessions_and_turns_and_restoring_shows_them_unchanged_S17() {
        Session session = beginSession();
        Turn turn = complete(startTurn(session));
        ConversationId id = session.conversationId();
        Activity before = activity(id);

        delete(id);
        assertUnseen(session, turn);
        assertThat(activityInside(id)).isEqualTo(before);
        db().reopen();
        assertUnseen(session, turn);

        restore(id);
        assertThat(activity(id)).isEqualTo(before);
        assertThat(sessions().session(ALICE, session.id(), now()))
                .contains(new SessionView(session, Optional.of(turn)));
        assertThat(findTurn(turn)).contains(turn);
    }

    @Test
    void a_purge_removes_sessions_and_turns_S17() {
        Session session = beginSession();
        Turn turn = complete(startTurn(session));
        ConversationId id = session.conversationId();
        delete(id);

        purge(id);

        assertUnseen(session, turn);
        assertThat(activityInside(id)).isEqualTo(Activity.NONE);
        create(Samples.started(id));
        assertThat(activity(id)).isEqualTo(Activity.NONE);
        begin(session);
        nowAndAfterReopening(() -> assertActivity(id, session));
    }

    @Test
    void purging_and_creating_in_one_transaction_removes_old_sessions_and_turns_S17() {
        Session session = beginSession();
        Turn turn = startTurn(session);
        ConversationId id = session.conversationId();
        Session second = session(id);

        store().transact(id, tx -> {
            run(tx, SessionTransactions.begin(session(id)));
            tx.record(tx.conversation().delete(now()).orElseThrow());
            tx.record(tx.find().orElseThrow().purge(now()));
            assertThat(tx.activity()).isEqualTo(Activity.NONE);
            tx.record(Samples.started(id));
            return run(tx, SessionTransactions.begin(second));
        });

        assertUnseen(session, turn);
        nowAndAfterReopening(() -> assertActivity(id, second));
    }

    @Test
    void erasing_an_owner_removes_sessions_and_turns_of_that_owner_only_S17() {
        Session session = beginSession();
        Turn turn = startTurn(session);
        ConversationId bobs = start(BOB);
        Session bob = begin(session(session.id(), bobs, BOB, session.lifetime(), now()));

        assertThat(db().eraser().erase(ALICE).conversations()).isOne();

        assertUnseen(session, turn);
        assertThat(sessions().session(BOB, bob.id(), now())).contains(new SessionView(bob, Optional.empty()));
        assertThat(activity(bobs).sessions()).containsExactly(bob);
    }

    @Test
    void reading_sessions_inside_a_transaction_is_rejected_S17() {
        Session session = beginSession();
        ConversationId id = session.conversationId();

        assertRejectedInside(id, () -> activity(id));
        assertRejectedInside(id, () -> sessions().session(ALICE, session.id(), now()));
        assertRejectedInside(id, () -> sessions().current(ALICE, now()));
        assertRejectedInside(id, () -> sessions().sessions(ALICE, new SessionQuery(1, Optional.empty()), now()));
        assertRejectedInside(id, () -> sessions().turn(ALICE, newTurnId(), now()));
        assertRejectedInside(id, () -> sessions().expiredSessions(now(), 1));
        assertRejectedInside(id, () -> sessions().expiredLeases(now(), 1));
    }

    private static <R> R run(ConversationTransaction tx, Function<ConversationTransaction, R> work) {
        return work.apply(tx);
    }

    private static Turn beginAll(ConversationTransaction tx, Session session) {
        tx.record(Samples.started(session.conversationId()));
        run(tx, SessionTransactions.begin(session));
        return run(tx, SessionTransactions.start(newTurnId(), session.id(), draft("a prompt"), now(), lease()));
    }

    private void assertActivity(ConversationId id, Session session, Turn... turns) {
        assertThat(activity(id)).isEqualTo(new Activity(List.of(session), List.of(turns)));
    }

    /** Checks all readers. The conversation may have been created again. */
    private void assertUnseen(Session session, Turn turn) {
        assertThat(findSession(session.id(), now())).isEmpty();
        assertThat(findTurn(turn)).isEmpty();
        assertThat(sessions().current(ALICE, now()).map(SessionView::session)).isNotEqualTo(Optional.of(session));
        assertThat(sessions().sessions(ALICE, new SessionQuery(100, Optional.empty()), now()).items())
                .extracting(SessionView::session).doesNotContain(session);
        if (reader().find(session.conversationId(), now()).isEmpty()) {
            assertThat(sessions().current(ALICE, now())).isEmpty();
            assertNotFound(() -> activity(session.conversationId()));
        }
    }
}
