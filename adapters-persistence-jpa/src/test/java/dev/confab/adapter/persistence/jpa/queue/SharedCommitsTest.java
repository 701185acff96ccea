package dev.confab.adapter.persistence.jpa.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.read.JpaSessionReads;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Runs random transaction functions on one conversation, several before any of them is committed, and then commits their batches. The
 * stored state after each commit, and the state that each function sees before it, must be those of the reference store.
 */
class SharedCommitsTest {
    private static final int ROUNDS = 60;

    private final ReferenceStore reference = new ReferenceStore();
    private final ConversationId id = Samples.newConversationId();

    @Test
    void transactions_that_share_commits_have_the_results_of_running_one_by_one_S17() throws SQLException {
        run(1);
    }

    @Test
    void new_random_transactions_each_time_have_the_results_of_running_one_by_one_S17() throws SQLException {
        run(System.nanoTime());
    }

    private void run(long seed) throws SQLException {
        var random = new Random(seed);
        try (var store = TestStore.open(); Connection connection = store.connections().writes().getConnection()) {
            var rows = new StoredRows(store.sessions());
            var reads = new JpaSessionReads(store.sessions());
            for (int round = 0; round < ROUNDS; round++) {
                String where = "seed " + seed + ", round " + round;
                KnownRow known = rows.load(connection, id);
                List<CommitBatch> batches = new ArrayList<>();
                for (int n = random.nextInt(6); n >= 0; n--) {
                    runInBoth(
                            new TransactionView(id, known, batches.stream().map(batch -> batch.pending).toList(), rows,
                                    over(connection), true),
                            work(random), batches, where);
                }
                for (CommitBatch batch : batches) {
                    known = new RowCommit(connection, id, known, batch.pending).run().orElseThrow();
                    connection.setAutoCommit(true);
                }
                assertThat(rows.load(connection, id).head()).as(where).isEqualTo(inReference(tx -> tx.find()));
                assertThat(rows.activity(connection, id)).as(where)
                        .isEqualTo(inReference(ConversationTransaction::activity));
                if (inReference(tx -> tx.find()).isPresent()) {
                    Instant now = Samples.now();
                    assertThat(reads.activity(id, now)).as(where).isEqualTo(reference.activity(id, now));
                }
            }
        }
    }

    private <R> R inReference(Function<ConversationTransaction, R> work) {
        return reference.transact(id, work);
    }

    private void runInBoth(TransactionView view, Function<ConversationTransaction, ?> work, List<CommitBatch> batches,
            String where) {
        List<Optional<Change>> changes = new ArrayList<>();
        Object seen = attempt(() -> {
            var outcome = UnitOfWork.run(id, view, tx -> List.of(work.apply(tx), tx.find(), tx.activity()));
            changes.add(outcome.change());
            return outcome.result();
        });
        Object expected = attempt(() -> inReference(tx -> List.of(work.apply(tx), tx.find(), tx.activity())));
        assertThat(seen).as(where).isEqualTo(expected);
        Optional<Change> change = changes.stream().flatMap(Optional::stream).findFirst();
        if (batches.isEmpty() || !batches.getLast().admits(change, false)) {
            batches.add(new CommitBatch(view.head()));
        }
        batches.getLast().join(new PendingWork(change.isPresent()), change, false);
    }

    private static Object attempt(Supplier<Object> action) {
        try {
            return action.get();
        } catch (ConfabException refused) {
            return refused.toString();
        }
    }

    /** One that fits what there is, most times. */
    private Function<ConversationTransaction, ?> work(Random random) {
        Activity now = inReference(ConversationTransaction::activity);
        Instant at = Samples.now();
        Instant lease = at.plusSeconds(3600);
        SessionId session = now.sessions().isEmpty()
                ? SessionSamples.newSessionId()
                : now.sessions().get(random.nextInt(now.sessions().size())).id();
        TurnId turn = now.turns().isEmpty() ? SessionSamples.newTurnId() : now.turns().getLast().id();
        int step = now.turns().isEmpty() ? 1 : now.turns().getLast().step();
        if (inReference(tx -> tx.find()).isEmpty()) {
            return Transactions.begin(Samples.started(id));
        }
        return switch (random.nextInt(14)) {
            case 0, 1 -> SessionTransactions.begin(SessionSamples.session(id));
            case 2 -> SessionTransactions.begin(SessionSamples.session(id, at.plusMillis(20 + random.nextInt(100))));
            case 3 -> SessionTransactions.change(session, found -> found.activate(at), at);
            case 4 -> SessionTransactions.end(session, at);
            case 5 -> again(session, at);
            case 6, 7, 8 ->
                SessionTransactions.start(SessionSamples.newTurnId(), session, Samples.draft("prompt"), at, lease);
            case 9 -> SessionTransactions.turn(turn, found -> Optional.of(found.renew(step, lease, "said", at)));
            case 10 ->
                SessionTransactions.turn(turn, found -> Optional.of(found.ask(step, rounds(found), found.usage(), lease,
                        at)));
            case 11 -> SessionTransactions.complete(turn, step, Samples.draft("reply"), at);
            case 12 -> random.nextBoolean()
                    ? SessionTransactions.turn(turn,
                            found -> Optional.of(found.fail(step, TurnFailure.LEASE_EXPIRED, at)))
                    : SessionTransactions.cancelAnd(at, head -> head.clear(at));
            default -> random.nextInt(4) > 0
                    ? Transactions.append(Samples.draft("message"), at)
                    : purge(at, random.nextBoolean() ? Optional.of(SessionSamples.session(id)) : Optional.empty());
        };
    }

    private static List<ToolRound> rounds(Turn turn) {
        var rounds = new ArrayList<>(turn.rounds());
        rounds.add(new ToolRound("x", List.of(ToolCall.asked("call " + rounds.size(), "tool", "{}", false))));
        return rounds;
    }

    /** The session ends and begins anew under its id. */
    private Function<ConversationTransaction, Session> again(SessionId session, Instant at) {
        return tx -> {
            Session found = tx.activity().session(Samples.ALICE, session, at);
            tx.activity().cancel(at).ifPresent(tx::record);
            tx.record(new SessionEnded(id, session, at));
            tx.record(new SessionStarted(found.activate(at), at));
            return found;
        };
    }

    /** The conversation is purged and, with a session, begins anew. */
    private Function<ConversationTransaction, Optional<Session>> purge(Instant at, Optional<Session> session) {
        var first = Samples.started(id);
        return tx -> {
            tx.activity().cancel(at).ifPresent(tx::record);
            tx.conversation().delete(at).ifPresent(tx::record);
            tx.record(tx.find().orElseThrow().purge(at));
            session.ifPresent(begun -> {
                tx.record(first);
                tx.record(new SessionStarted(begun, begun.createdAt()));
            });
            return session;
        };
    }

    private static TransactionView.Reading over(Connection connection) {
        return new TransactionView.Reading() {
            @Override
            public <T> T read(WriterThreads.OnConnection<T> lookup) {
                try {
                    return lookup.apply(connection);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
