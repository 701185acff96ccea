package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.trial.SessionCommands;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the file store adds to the contract: commits of sessions alone, checkpoints under readers, and damage found late. */
class SessionReadsTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    @AutoClose
    private FileStore store = open(disk);
    private final ConversationId id = Samples.newConversationId();
    private final SessionId sessionId = SessionCommands.newSessionId();
    private final TurnId turnId = SessionCommands.newTurnId();

    private static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }

    /** A conversation with a session and a running turn. */
    private void begin() {
        MessageDraft prompt = Samples.draft("needle");
        Instant now = Samples.now();
        Session session = Session.begin(sessionId, id, Samples.ALICE, new Lifetime.Temporary(now.plus(LEASE)),
                Session.Settings.NONE, Samples.digest("s"), now);
        store.transact(id, tx -> {
            tx.record(Samples.started(id));
            tx.record(tx.conversation().append(prompt, Samples.now()));
            tx.activity().start(session, now).forEach(tx::record);
            tx.activity().start(turnId, session, prompt.id(), Samples.digest("t"), now, now.plus(LEASE))
                    .forEach(tx::record);
            return tx.activity();
        });
    }

    private void renew(Instant now) {
        store.transact(id, tx -> {
            Turn turn = tx.activity().turn(turnId);
            tx.record(turn.renew(turn.step(), now.plus(LEASE), "so far", now));
            return turn;
        });
    }

    @Test
    void a_renewed_lease_outlives_checkpoints_and_a_crash_and_the_head_stays_as_it_is() throws IOException {
        begin();
        store.checkpoint();
        var head = store.reader().find(id, Samples.now());
        long messages = disk.size(LAYOUT.messages(id, 1));
        Instant now = Samples.now();
        renew(now);
        assertThat(store.health().journalBytes()).isPositive();
        store.checkpoint();
        assertThat(store.health().journalBytes()).isZero();
        store.abandon();

        SimulatedDisk left = disk.crash(1);
        store = open(left);
        assertThat(store.reader().find(id, Samples.now())).isEqualTo(head);
        assertThat(left.size(LAYOUT.messages(id, 1))).isEqualTo(messages);
        assertThat(store.sessions().turn(Samples.ALICE, turnId, now).map(Turn::textSoFar)).contains("so far");
        assertThat(store.sessions().expiredLeases(now.plus(LEASE).minusMillis(1), 10)).isEmpty();
        assertThat(store.sessions().expiredLeases(now.plus(LEASE), 10)).containsExactly(id);
    }

    @Test
    void a_session_and_a_turn_are_found_at_every_moment_while_they_change_and_checkpoints_run() {
        begin();
        Instant start = Samples.now();
        var over = new AtomicBoolean();
        Future<Long> reads = TestThreads.start(() -> {
            long version = 0;
            long count = 0;
            while (!over.get() || count == 0) {
                var view = store.sessions().session(Samples.ALICE, sessionId, start).orElseThrow();
                assertThat(view.session().version().value()).isGreaterThanOrEqualTo(version);
                version = view.session().version().value();
                assertThat(view.turn()).isPresent();
                assertThat(store.sessions().turn(Samples.ALICE, turnId, start)).isPresent();
                assertThat(store.sessions().current(Samples.ALICE, start)).isPresent();
                assertThat(store.sessions().activity(id, start).turns()).hasSize(1);
                count++;
            }
            return count;
        });
        Future<Long> writes = TestThreads.start(() -> {
            for (int n = 0; n < 300; n++) {
                String text = "version " + n;
                Instant now = Samples.now();
                store.transact(id, tx -> {
                    Session next = tx.activity().find(sessionId).orElseThrow().change(old -> new Session.Settings(
                            old.name(), Optional.of(text), old.model(), old.contextTokens(), old.context()), now)
                            .orElseThrow();
                    tx.record(new SessionChanged(next, now));
                    return next;
                });
                renew(now);
                if (n % 50 == 0) {
                    store.checkpoint();
                }
            }
            over.set(true);
            return 0L;
        });
        TestThreads.get(writes, Duration.ofSeconds(60));
        assertThat(TestThreads.get(reads, Duration.ofSeconds(60))).isPositive();
    }

    @Test
    void a_damaged_conversation_is_skipped_and_hides_no_other() throws IOException {
        begin();
        store.transact(id, Transactions.append(Samples.draft("more"), Samples.now()));
        ConversationId other = Samples.newConversationId();
        Instant now = Samples.now();
        Session session = Session.begin(sessionId, other, Samples.ALICE, new Lifetime.Permanent(),
                Session.Settings.NONE, Samples.digest("s"), now);
        store.transact(other, tx -> {
            tx.record(Samples.started(other));
            tx.activity().start(session, now).forEach(tx::record);
            return tx.activity();
        });
        store.checkpoint();
        disk.delete(LAYOUT.messages(id, 1));
        assertThatThrownBy(() -> store.reader().read(id, Window.first(10), Samples.now()))
                .isInstanceOf(ConversationDamaged.class);

        Instant later = now.plus(LEASE);
        assertThat(store.sessions().expiredLeases(later, 10)).isEmpty();
        assertThat(store.sessions().expiredSessions(later, 10)).isEmpty();
        assertThat(store.sessions().session(Samples.ALICE, sessionId, now)).map(SessionView::session)
                .contains(session);
        assertThat(store.sessions().turn(Samples.ALICE, turnId, now)).isEmpty();
        assertThatThrownBy(() -> store.sessions().activity(id, now)).isInstanceOf(ConversationDamaged.class);
    }
}
