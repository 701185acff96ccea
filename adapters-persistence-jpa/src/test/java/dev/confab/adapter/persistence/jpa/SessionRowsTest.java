package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.feed.RecordingListener;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.Turn;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of sessions and turns: their order, which of them go, and what is made of one that is damaged. */
class SessionRowsTest {
    private static Database database;
    private static JpaStore store;

    @BeforeAll
    static void open() {
        database = EmptyDatabases.make();
        store = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
    }

    @AfterAll
    static void close() {
        store.close();
        database.close();
    }

    @AfterEach
    void empty() {
        EmptyDatabases.empty(database);
    }

    private Session begin() {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        return begin(id);
    }

    private Session begin(ConversationId id) {
        return store.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
    }

    private Turn answered(Session session) {
        Turn turn = started(session);
        return store.transact(session.conversationId(),
                SessionTransactions.complete(turn.id(), 1, Samples.draft("reply"), Samples.now()));
    }

    private Turn started(Session session) {
        return store.transact(session.conversationId(),
                SessionTransactions.start(SessionSamples.newTurnId(), session.id(),
                        Samples.draft("prompt"), Samples.now(), Samples.now().plusSeconds(3600)));
    }

    private Activity stored(ConversationId id) {
        return store.sessions().activity(id, Samples.now());
    }

    @Test
    void turns_that_are_forgotten_leave_no_rows() {
        Session session = begin();
        var turns = new ArrayList<Turn>();
        for (int n = 0; n < Activity.MAX_TURNS + 3; n++) {
            turns.add(answered(session));
        }

        assertThat(stored(session.conversationId()).turns()).isEqualTo(turns.subList(3, turns.size()));
        assertThat(count("turn")).isEqualTo(Activity.MAX_TURNS);
        assertThat(store.sessions().turn(Samples.ALICE, turns.get(2).id(), Samples.now())).isEmpty();
    }

    @Test
    void an_unfinished_turn_that_is_ended_and_forgotten_in_one_commit_makes_room_for_the_last_one() {
        Session session = begin();
        Turn first = started(session);

        Activity left = store.transact(session.conversationId(), tx -> {
            for (int n = 0; n < Activity.MAX_TURNS; n++) {
                tx.activity().cancel(Samples.now()).ifPresent(tx::record);
                Turn _ = SessionTransactions.start(SessionSamples.newTurnId(), session.id(), Samples.draft("prompt"),
                        Samples.now(), Samples.now().plusSeconds(3600)).apply(tx);
            }
            return tx.activity();
        });

        assertThat(left.find(first.id())).isEmpty();
        assertThat(left.openTurn()).isPresent();
        assertThat(stored(session.conversationId())).isEqualTo(left);
    }

    @Test
    void a_session_that_ends_and_begins_again_in_one_commit_is_the_last_one() {
        Session first = begin();
        Session second = begin(first.conversationId());
        Session again = first.activate(Samples.now());

        store.transact(first.conversationId(), tx -> {
            tx.record(new SessionEnded(first.conversationId(), first.id(), Samples.now()));
            tx.record(new SessionStarted(again, Samples.now()));
            return again;
        });

        assertThat(stored(first.conversationId()).sessions()).containsExactly(second, again);
    }

    @Test
    void a_session_that_changes_keeps_its_place() {
        Session first = begin();
        Session second = begin(first.conversationId());
        Session third = begin(first.conversationId());

        Session changed = store.transact(first.conversationId(), SessionTransactions.change(second.id(),
                session -> session.makePermanent(Samples.title("renamed"), Samples.now()).orElseThrow(),
                Samples.now()));

        assertThat(stored(first.conversationId()).sessions()).containsExactly(first, changed, third);
    }

    @Test
    void a_session_begun_in_the_commit_that_purges_is_the_only_one() {
        Session old = begin();
        ConversationId id = old.conversationId();
        started(old);
        Session anew = SessionSamples.session(id);

        store.transact(id, tx -> {
            tx.activity().cancel(Samples.now()).ifPresent(tx::record);
            tx.record(tx.conversation().delete(Samples.now()).orElseThrow());
            tx.record(tx.find().orElseThrow().purge(Samples.now()));
            tx.record(Samples.started(id));
            tx.activity().start(anew, anew.createdAt()).forEach(tx::record);
            return anew;
        });

        assertThat(stored(id)).isEqualTo(new Activity(List.of(anew), List.of()));
        assertThat(count("session")).isEqualTo(1);
        assertThat(count("turn")).isZero();
    }

    @Test
    void a_purge_leaves_no_rows() {
        Session session = begin();
        answered(session);

        assertThat(store.erase(Samples.ALICE).conversations()).isEqualTo(1);

        assertThat(count("session")).isZero();
        assertThat(count("turn")).isZero();
    }

    /** Streams on other instances learn of a turn's steps by this. */
    @Test
    void a_commit_of_sessions_alone_is_reported_with_the_next_revision_S17() {
        Session session = begin();
        var ear = new RecordingListener();
        try (var other = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
                var _ = other.feed().subscribe(ear)) {
            store.transact(session.conversationId(), SessionTransactions.change(session.id(),
                    found -> found.activate(Samples.now()), Samples.now()));

            TestThreads
                    .await(() -> ear.revisions(session.conversationId()).contains(3L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE session SET name = ''", "UPDATE session SET model = ''",
            "UPDATE turn SET rounds = '{}'", "UPDATE turn SET rounds = 'no JSON'", "UPDATE turn SET rounds = 'null'",
            "UPDATE turn SET rounds = '[null]'", "UPDATE turn SET rounds = '[{\"text\": \"\"}]'",
            "UPDATE turn SET rounds = '[{\"text\": \"\", \"calls\": [], \"more\": 1}]'",
            "UPDATE turn SET state = 'awaiting-approval', finished_at = NULL, reply_message_id = NULL"})
    void a_damaged_session_or_turn_is_damage_of_its_conversation_and_hides_no_other_S15(String damage) {
        Session whole = begin();
        Session damaged = begin();
        answered(damaged);
        execute(damage + " WHERE conversation_id = '" + damaged.conversationId() + "'");
        Instant now = Samples.now();

        assertDamaged(damaged, () -> store.sessions().session(Samples.ALICE, damaged.id(), now));
        assertDamaged(damaged, () -> store.sessions().current(Samples.ALICE, now));
        assertDamaged(damaged, () -> store.sessions().activity(damaged.conversationId(), now));
        assertDamaged(damaged, () -> store.transact(damaged.conversationId(), tx -> tx.activity()));
        assertThat(store.sessions().sessions(Samples.ALICE, new SessionQuery(10, Optional.empty()), now).items())
                .extracting(SessionView::session).containsExactly(whole);
        assertThat(store.transact(damaged.conversationId(), Transactions::version)).isEqualTo(3);
    }

    private static void assertDamaged(Session damaged, ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOfSatisfying(ConversationDamaged.class,
                thrown -> assertThat(thrown.conversationId()).isEqualTo(damaged.conversationId()));
    }

    @Test
    void the_database_itself_refuses_a_second_unfinished_turn() {
        Session session = begin();
        started(session);

        assertThatThrownBy(() -> execute("INSERT INTO turn SELECT conversation_id, gen_random_uuid(), ordinal + 1,"
                + " session_id, prompt_message_id, reply_message_id, state, lease_until, said, failure_code,"
                + " failure_detail, step, started_at, finished_at, rounds, prompt_tokens, completion_tokens, digest"
                + " FROM turn")).hasMessageContaining("turn_unfinished");
    }

    @Test
    void the_database_lets_turns_wait_only_with_their_messages() {
        Session session = begin();
        started(session);
        String queued = "INSERT INTO turn (conversation_id, id, ordinal, session_id, prompt_message_id, state, step,"
                + " started_at, rounds, digest, queued_at, input) SELECT conversation_id, gen_random_uuid(), ordinal + 1,"
                + " session_id, gen_random_uuid(), 'queued', 1, started_at, rounds, digest, started_at, %s"
                + " FROM turn WHERE state = 'running'";

        assertThatThrownBy(() -> execute(queued.formatted("NULL"))).hasMessageContaining("turn_input_check");
        execute(queued.formatted("'[]'"));
        execute(queued.formatted("'[]'"));
        assertThat(count("turn")).isEqualTo(3);
    }

    private void execute(String sql) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int count(String table) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
