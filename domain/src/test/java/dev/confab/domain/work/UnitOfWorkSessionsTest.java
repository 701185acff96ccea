package dev.confab.domain.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitOfWorkSessionsTest {
    private static final ConversationId ID = RandomDecisions.ID;
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final MessageId PROMPT = id(2);
    private static final Digest DIGEST = Digest.of("test").build();
    private static final Session SESSION = session(ID, 1);

    /** Messages 1 and 2, one session, and a turn that answers message 2. */
    private final PlainModel stored = stored();

    @Test
    void a_change_has_the_events_and_their_result() {
        var change = run(tx -> {
            tx.record(new SessionStarted(session(ID, 2), NOW));
            tx.record(tx.activity().cancel(NOW).orElseThrow());
            assertThat(tx.activity().openTurn()).isEmpty();
        }).orElseThrow();

        assertThat(change.sessionEvents()).hasSize(2);
        assertThat(change.activity().map(ActivityChange::after))
                .contains(change.sessionEvents().stream().reduce(stored.activity(),
                        Activity::apply, (one, other) -> other));
        assertThat(change.activity().orElseThrow().sessions().started()).containsExactly(session(ID, 2).id());
        assertThat(change.activity().orElseThrow().turns().changed())
                .containsExactly(stored.activity().openTurn().orElseThrow().id());
        assertThat(change.activity().orElseThrow().turns().started()).isEmpty();
        assertThat(change.events()).isEmpty();
        assertThat(change.after()).isEqualTo(stored.head());
        assertThat(change.keptCount()).isEqualTo(2);
    }

    @Test
    void without_session_events_the_activity_is_unchanged() {
        var change = run(tx -> {
            assertThat(tx.activity()).isEqualTo(stored.activity());
            tx.record(tx.conversation().append(draft(3), NOW));
        }).orElseThrow();

        assertThat(change.activity()).isEmpty();
        assertThat(change.sessionEvents()).isEmpty();
    }

    @Test
    void a_purge_leaves_nothing_and_forgets_the_session_events_before_it() {
        var purged = run(UnitOfWorkSessionsTest::purge).orElseThrow();
        assertThat(purged.sessionEvents()).isEmpty();
        assertThat(purged.activity().map(ActivityChange::after)).contains(Activity.NONE);

        var anew = run(tx -> {
            purge(tx);
            assertThat(tx.activity()).isEqualTo(Activity.NONE);
            tx.record(Conversation.start(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY, DIGEST, NOW));
            tx.record(new SessionStarted(SESSION, NOW));
        }).orElseThrow();
        assertThat(anew.sessionEvents()).containsExactly(new SessionStarted(SESSION, NOW));
        assertThat(anew.activity().map(ActivityChange::after)).contains(new Activity(List.of(SESSION), List.of()));
    }

    @Test
    void an_event_of_another_conversation_or_of_none_is_refused_S12() {
        refuses(stored, tx -> tx.record(new SessionStarted(session(new ConversationId(new UUID(9, 9)), 2), NOW)));
        refuses(PlainModel.EMPTY, tx -> tx.record(new SessionStarted(SESSION, NOW)));
        refuses(stored, tx -> {
            purge(tx);
            tx.record(new SessionStarted(SESSION, NOW));
        });
        assertThat(UnitOfWork.run(ID, PlainModel.EMPTY, ConversationTransaction::activity).result())
                .isEqualTo(Activity.NONE);
    }

    /** Whose sessions a listing shows, and an erasure takes away, would be another thing in each store. */
    @Test
    void a_session_is_its_conversations_owners() {
        Session others = Session.begin(new SessionId(new UUID(3, 2)), ID, new OwnerId("somebody else"),
                new Lifetime.Permanent(), Settings.NONE, DIGEST, NOW);

        refuses(stored, tx -> tx.record(new SessionStarted(others, NOW)));
    }

    @Test
    void an_event_that_does_not_follow_is_refused() {
        refuses(stored, tx -> tx.record(new SessionStarted(SESSION, NOW)));
        refuses(stored, tx -> tx.record(new SessionChanged(session(ID, 2), NOW)));
    }

    @Test
    void a_prompt_taken_from_an_unfinished_turn_is_refused_S18() {
        refuses(stored, tx -> tx.record(tx.conversation().clear(NOW).orElseThrow()));
        refuses(stored, tx -> tx.record(
                tx.conversation().truncateAfter(tx.messageAt(1).orElseThrow(), NOW).orElseThrow()));
        refuses(stored, tx -> tx.record(tx.conversation().delete(NOW).orElseThrow()));
        refuses(stored, tx -> {
            cancel(tx);
            start(tx, id(7));
        });
        assertThat(run(tx -> {
            tx.record(tx.conversation().clear(NOW).orElseThrow());
            cancel(tx);
        })).isPresent();
        assertThat(run(tx -> {
            tx.record(tx.conversation().delete(NOW).orElseThrow());
            tx.record(tx.find().orElseThrow().restore(NOW).orElseThrow());
        })).isPresent();
        assertThat(run(tx -> {
            cancel(tx);
            start(tx, id(3));
            tx.record(tx.conversation().append(draft(3), NOW));
        })).isPresent();
    }

    @Test
    void a_prompt_that_is_removed_and_appended_again_in_one_transaction_is_accepted_S18() {
        assertThat(run(tx -> {
            tx.record(tx.conversation().clear(NOW).orElseThrow());
            tx.record(tx.conversation().append(draft(2), NOW));
        })).isPresent();
    }

    @Test
    void all_kinds_of_events_count_towards_the_limit() {
        assertThat(run(tx -> record(tx, 500, 501))).isPresent();
        assertThatThrownBy(() -> run(tx -> record(tx, 500, 502))).isInstanceOf(TransactionTooLarge.class);
        assertThatThrownBy(() -> run(tx -> {
            record(tx, 0, 1_001);
            assertThatThrownBy(() -> record(tx, 1, 0)).isInstanceOf(TransactionTooLarge.class);
        })).isInstanceOf(TransactionTooLarge.class);
    }

    /** Each carries its session or turn whole: a thousand of them would be gigabytes in one line of a journal. */
    @Test
    void all_kinds_of_events_count_towards_the_bytes() {
        String long64 = "x".repeat(Session.MAX_INSTRUCTIONS_BYTES);
        Settings heavy = new Settings(Optional.empty(), Optional.of(long64), Optional.empty(),
                Optional.empty(), new ContextVariables(long64));
        Session begun = Session.begin(SESSION.id(), ID, RandomDecisions.OWNER, new Lifetime.Permanent(), heavy, DIGEST,
                NOW);
        String said = "é".repeat(Message.MAX_TEXT_BYTES / 2);

        assertThat(run(tx -> renew(tx, said, 15))).isPresent();
        assertThatThrownBy(() -> run(tx -> renew(tx, said, 16))).isInstanceOf(TransactionTooLarge.class);
        assertThat(run(tx -> begin(tx, begun, 127))).isPresent();
        assertThatThrownBy(() -> run(tx -> begin(tx, begun, 128))).isInstanceOf(TransactionTooLarge.class);
    }

    private static void renew(ConversationTransaction tx, String said, int times) {
        for (int n = 0; n < times; n++) {
            tx.record(tx.activity().openTurn().orElseThrow().renew(1, NOW.plusSeconds(30), said, NOW));
        }
    }

    private static void begin(ConversationTransaction tx, Session session, int times) {
        cancel(tx);
        for (int n = 0; n < times; n++) {
            tx.record(new SessionEvent.SessionEnded(ID, session.id(), NOW));
            tx.record(new SessionStarted(session, NOW));
        }
    }

    @Test
    void the_largest_turn_fits_in_one_transaction_with_its_reply() {
        var calls = new ArrayList<ToolRound>();
        for (int r = 0; r < Turn.MAX_ROUNDS; r++) {
            int round = r;
            calls.add(new ToolRound("", IntStream.range(0, ToolRound.MAX_CALLS)
                    .mapToObj(n -> ToolCall
                            .asked(round + "-" + n, "t".repeat(64), "x".repeat(ToolCall.MAX_ARGUMENTS_BYTES),
                                    false)
                            .withResult("x".repeat(ToolCall.MAX_RESULT_BYTES)))
                    .toList()));
        }

        int weight = stored.activity().openTurn().orElseThrow()
                .ask(1, calls, Optional.empty(), NOW.plusSeconds(30), NOW).turn().weight();

        assertThat(weight + 2 * Message.MAX_TEXT_BYTES).isLessThan(ConversationTransaction.MAX_BYTES);
    }

    @Test
    void after_its_end_a_transaction_tells_and_records_nothing_S12() {
        var kept = new AtomicReference<ConversationTransaction>();
        UnitOfWork.run(ID, stored, tx -> {
            kept.set(tx);
            return true;
        });

        assertThatThrownBy(() -> kept.get().activity()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().record(new SessionStarted(session(ID, 2), NOW)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void record(ConversationTransaction tx, int messages, int changes) {
        for (int n = 0; n < messages; n++) {
            tx.record(tx.conversation().append(draft(100 + n), NOW));
        }
        for (int n = 0; n < changes; n++) {
            tx.record(new SessionChanged(SESSION, NOW));
        }
    }

    private static void purge(ConversationTransaction tx) {
        tx.record(new SessionChanged(SESSION, NOW));
        tx.record(tx.conversation().delete(NOW).orElseThrow());
        tx.record(tx.find().orElseThrow().purge(NOW));
    }

    private static void cancel(ConversationTransaction tx) {
        tx.record(tx.activity().cancel(NOW).orElseThrow());
    }

    private static void start(ConversationTransaction tx, MessageId prompt) {
        tx.activity().start(new TurnId(new UUID(4, 2)), SESSION, prompt, DIGEST, NOW, NOW.plusSeconds(30))
                .forEach(tx::record);
    }

    private Optional<Change> run(Consumer<ConversationTransaction> work) {
        return run(stored, work);
    }

    private static Optional<Change> run(PlainModel stored, Consumer<ConversationTransaction> work) {
        return UnitOfWork.run(ID, stored, tx -> {
            work.accept(tx);
            return true;
        }).change();
    }

    private static void refuses(PlainModel stored, Consumer<ConversationTransaction> work) {
        assertThatThrownBy(() -> run(stored, work)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PlainModel stored() {
        PlainModel model = PlainModel.EMPTY
                .after(Conversation.start(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY, DIGEST, NOW));
        model = model.after(model.head().orElseThrow().append(draft(1), NOW));
        model = model.after(model.head().orElseThrow().append(draft(2), NOW));
        Activity begun = new Activity(List.of(SESSION), List.of());
        for (SessionEvent event : begun.start(new TurnId(new UUID(4, 1)), SESSION, PROMPT, DIGEST, NOW,
                NOW.plusSeconds(30))) {
            begun = begun.apply(event);
        }
        return new PlainModel(model.head(), model.messages(), begun);
    }

    private static Session session(ConversationId in, int number) {
        return Session.begin(new SessionId(new UUID(3, number)), in, RandomDecisions.OWNER, new Lifetime.Permanent(),
                Settings.NONE, DIGEST, NOW);
    }

    private static MessageDraft draft(int number) {
        return MessageDraft.of(id(number), Role.USER, "text");
    }

    private static MessageId id(int number) {
        return new MessageId(new UUID(2, number));
    }
}
