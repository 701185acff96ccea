package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TooManyQueuedTurns;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S18: turns wait, and the commit that ends a turn begins the first that waits. */
public abstract class QueueContract extends ContractTest {
    private static final int ROUNDS = 8;

    @Test
    void turns_begin_in_the_order_in_which_they_were_queued_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        Turn first = startTurn(session);
        List<Turn> queued = Stream.of("one", "two", "three").map(text -> queue(db(), session, draft(text))).toList();
        nowAndAfterReopening(() -> assertThat(activity(id).queuedTurns()).isEqualTo(queued));

        Turn interrupting = store().transact(id, SessionTransactions.interrupt(newTurnId(), session.id(),
                draft("interrupting"), now(), lease()));
        nowAndAfterReopening(() -> {
            assertThat(activity(id).turn(first.id()).state()).isEqualTo(new TurnState.Cancelled());
            assertThat(activity(id).openTurn()).contains(interrupting);
            assertThat(activity(id).queuedTurns()).isEqualTo(queued);
        });

        completeAndHandOver(db(), interrupting);
        for (Turn expected : queued) {
            nowAndAfterReopening(() -> {
                Turn open = activity(id).openTurn().orElseThrow();
                assertThat(open.id()).isEqualTo(expected.id());
                assertThat(open.queuedAt()).isEqualTo(expected.queuedAt());
                assertThat(messages(id).getLast().id()).isEqualTo(expected.promptId());
            });
            completeAndHandOver(db(), activity(id).openTurn().orElseThrow());
        }
        assertThat(activity(id).turns()).extracting(Turn::id).containsExactlyElementsOf(Stream
                .concat(Stream.of(first.id(), interrupting.id()), queued.stream().map(Turn::id)).toList());
    }

    @Test
    void a_turn_begins_with_all_of_its_messages_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        Turn first = startTurn(session);
        Instant past = Instant.parse("2001-02-03T04:05:06.789Z");
        List<MessageDraft> drafts = List.of(draft("plain é 😀"),
                new MessageDraft(draft("").id(), Role.TOOL, Optional.of(new Author("Zoë")), "",
                        Optional.of("{\"a\" : [1.0, null]}"), new Metadata(Map.of("k", "v")),
                        Optional.of(past)));
        Turn queued = queue(db(), session, drafts.toArray(MessageDraft[]::new));
        nowAndAfterReopening(() -> {
            assertThat(findTurn(queued)).contains(queued);
            assertThat(messages(id)).extracting(Message::id).containsExactly(first.promptId());
        });

        completeAndHandOver(db(), first);

        nowAndAfterReopening(() -> {
            List<Message> appended = messages(id).subList(2, 4);
            for (int i = 0; i < drafts.size(); i++) {
                assertThat(drafts.get(i).made(appended.get(i))).isTrue();
            }
            assertThat(appended.getLast().createdAt()).isEqualTo(past);
            assertThat(activity(id).openTurn()).map(Turn::id).contains(queued.id());
            assertThat(activity(id).openTurn().orElseThrow().queuedMessages()).isEmpty();
        });
    }

    @Test
    void no_reader_sees_a_turn_wait_for_none_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            Turn first = startTurn(session);
            queue(db(), session, draft("next"));
            var done = new AtomicBoolean();
            List<Boolean> seen = TestThreads.run(2, thread -> {
                if (thread == 0) {
                    completeAndHandOver(db(), first);
                    done.set(true);
                    return false;
                }
                boolean waitedForNone = false;
                while (!done.get()) {
                    waitedForNone |= other.sessions().activity(id, now()).next().isPresent();
                }
                return waitedForNone;
            });
            assertThat(seen).containsOnly(false);
            cancel(activity(id).openTurn().orElseThrow());
        }
    }

    @Test
    void of_concurrent_starts_that_wait_ten_wait_and_the_others_are_rejected_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        Turn first = startTurn(session);
        StoreUnderTest other = opened(db().another());

        List<Optional<Turn>> all = TestThreads.run(Activity.MAX_QUEUED + 4, thread -> {
            try {
                return Optional.of(queue(thread % 2 == 0 ? db() : other, session, draft("queued")));
            } catch (TooManyQueuedTurns full) {
                return Optional.<Turn>empty();
            }
        });

        List<Turn> queued = activity(id).queuedTurns();
        assertThat(all.stream().flatMap(Optional::stream)).containsExactlyInAnyOrderElementsOf(queued)
                .hasSize(Activity.MAX_QUEUED);
        Stream.concat(Stream.of(first), queued.stream()).forEach(each -> {
            Turn open = activity(id).openTurn().orElseThrow();
            assertThat(open.id()).isEqualTo(each.id());
            completeAndHandOver(each.equals(first) ? db() : other, open);
        });
        assertThat(messages(id)).hasSize(2 * (1 + Activity.MAX_QUEUED));
        assertThat(activity(id).turns()).hasSize(1 + Activity.MAX_QUEUED).allMatch(Turn::isFinished);
    }

    @Test
    void a_turn_that_waits_begins_before_its_cancellation_or_not_at_all_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            Turn first = startTurn(session);
            Turn queued = queue(other, session, draft("queued"));
            TestThreads.run(2, thread -> thread == 0
                    ? completeAndHandOver(db(), first)
                    : end(other, id, SessionTransactions.cancel(queued.id(), now())));

            nowAndAfterReopening(() -> {
                Turn end = activity(id).turn(queued.id());
                assertThat(end.state()).isEqualTo(new TurnState.Cancelled());
                assertThat(activity(id).turn(first.id()).state()).isEqualTo(new TurnState.Completed());
                assertThat(messages(id)).hasSize(end.hasBegun() ? 3 : 2);
                assertThat(activity(id).openTurn()).isEmpty();
            });
            store().transact(id, Transactions.change(head -> head.clear(now())));
        }
    }

    @Test
    void of_concurrent_ends_of_a_turn_one_begins_the_next_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            Turn first = startTurn(session);
            List<Turn> queued = List.of(queue(db(), session, draft("one")), queue(other, session, draft("two")));
            TestThreads.run(4, thread -> {
                try {
                    return end(thread % 2 == 0 ? db() : other, id, SessionTransactions.turn(first.id(),
                            turn -> turn.isFinished()
                                    ? Optional.empty()
                                    : Optional.of(turn.cancel(Optional.empty(), now()))));
                } catch (TurnSuperseded late) {
                    return first;
                }
            });
            assertThat(activity(id).openTurn()).map(Turn::id).contains(queued.getFirst().id());
            assertThat(activity(id).queuedTurns()).containsExactly(queued.getLast());
            store().transact(id, SessionTransactions.cancelAnd(now(), head -> head.clear(now())));
        }
    }

    @Test
    void a_commit_that_leaves_a_turn_waiting_for_none_is_rejected_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        Turn first = startTurn(session);
        Turn queued = queue(db(), session, draft("queued"));
        List<Function<ConversationTransaction, ?>> rejected = List.of(
                SessionTransactions.cancel(first.id(), now()),
                SessionTransactions.complete(first.id(), 1, draft("reply"), now()));

        rejected.forEach(work -> assertThatIllegalArgumentException().isThrownBy(() -> store().transact(id, work)));

        nowAndAfterReopening(() -> {
            assertThat(activity(id).openTurn()).contains(first);
            assertThat(activity(id).queuedTurns()).containsExactly(queued);
            assertThat(messages(id)).hasSize(1);
        });
        store().transact(id, SessionTransactions.end(session.id(), now()));
        assertThat(activity(id).turns()).allMatch(turn -> turn.state().equals(new TurnState.Cancelled()));
        assertThat(messages(id)).hasSize(1);
    }

    private static Turn queue(StoreUnderTest db, Session session, MessageDraft... messages) {
        return db.store().transact(session.conversationId(),
                SessionTransactions.queue(newTurnId(), session.id(), List.of(messages), now()));
    }

    private static Turn completeAndHandOver(StoreUnderTest db, Turn turn) {
        return end(db, turn.conversationId(),
                SessionTransactions.complete(turn.id(), turn.step(), draft("reply"), now()));
    }

    private static Turn end(StoreUnderTest db, ConversationId id, Function<ConversationTransaction, Turn> end) {
        return db.store().transact(id, SessionTransactions.handingOver(end, now(), lease()));
    }
}
