package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.session;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S18: a conversation has at most one unfinished turn, and its prompt is a message of the conversation. */
public abstract class TurnsContract extends ContractTest {
    private static final int ROUNDS = 8;

    @Test
    void one_of_concurrent_starts_succeeds_and_the_others_learn_its_turn_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();

        for (int round = 0; round < ROUNDS; round++) {
            List<Started> all = TestThreads.run(8, thread -> start(db(), session));
            assertOneWinner(id, all, round + 1);
            cancel(activity(id).openTurn().orElseThrow());
        }
    }

    @Test
    void one_of_concurrent_starts_through_two_instances_succeeds_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());

        for (int round = 0; round < ROUNDS; round++) {
            List<Started> all = TestThreads.run(8, thread -> start(thread % 2 == 0 ? db() : other, session));
            assertOneWinner(id, all, round + 1);
            StoreUnderTest ending = round % 2 == 0 ? db() : other;
            Turn open = ending.sessions().activity(id, now()).openTurn().orElseThrow();
            ending.store().transact(id, SessionTransactions.complete(open.id(), 1, draft("reply"), now()));
            ending.store().transact(id, Transactions.change(head -> head.clear(now())));
        }
    }

    private void assertOneWinner(ConversationId id, List<Started> all, int turns) {
        Turn open = activity(id).openTurn().orElseThrow();
        assertThat(all).filteredOn(one -> one.turn().isPresent()).singleElement()
                .satisfies(winner -> assertThat(winner.turn()).contains(open));
        assertThat(all).filteredOn(one -> one.turn().isEmpty()).hasSize(all.size() - 1)
                .allSatisfy(loser -> assertThat(loser.other()).contains(open.id()));
        assertThat(messages(id)).extracting(Message::id).endsWith(open.promptId());
        assertThat(activity(id).turns()).hasSize(turns);
    }

    @Test
    void the_next_turn_can_start_however_the_last_one_ended_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        List<Function<Turn, Turn>> ends = List.of(this::complete, this::cancel,
                turn -> change(turn, t -> t.fail(1, TurnFailure.LEASE_EXPIRED, now())));

        for (Function<Turn, Turn> end : ends) {
            Turn turn = startTurn(session);
            assertThatThrownBy(() -> startTurn(session)).isInstanceOf(TurnInProgress.class);
            db().reopen();
            assertThatThrownBy(() -> startTurn(session)).isInstanceOf(TurnInProgress.class);
            Turn ended = end.apply(turn);
            assertThat(activity(id).openTurn()).isEmpty();
            assertThat(findTurn(turn)).contains(ended);
        }
        assertThat(messages(id)).hasSize(4);
    }

    @Test
    void starting_a_turn_ends_one_whose_lease_has_expired_in_the_same_commit_S18() {
        Session session = beginSession();
        Turn dead = startTurn(session, now());

        Turn next = startTurn(session);

        Activity now = activity(session.conversationId());
        assertThat(now.openTurn()).contains(next);
        assertThat(now.turn(dead.id()).state()).isEqualTo(new TurnState.Failed(TurnFailure.LEASE_EXPIRED));
    }

    @Test
    void a_turn_started_while_messages_are_cleared_is_cancelled_or_has_its_prompt_S18() {
        for (int round = 0; round < ROUNDS; round++) {
            Session session = begin(session(startWith("before")));
            ConversationId id = session.conversationId();
            List<Started> all = TestThreads.run(3,
                    thread -> thread > 0 ? start(db(), session) : takeAway(id, head -> head.clear(now())));

            assertThat(all).filteredOn(one -> one.turn().isPresent()).isNotEmpty();
            assertPromptIsThere(id);
            activity(id).turns().stream().filter(turn -> activity(id).openTurn().filter(turn::equals).isEmpty())
                    .forEach(turn -> assertThat(turn.state()).isEqualTo(new TurnState.Cancelled()));
        }
    }

    @Test
    void a_turn_started_during_a_deletion_is_cancelled_or_not_started_S18() {
        for (int round = 0; round < ROUNDS; round++) {
            Session session = beginSession();
            ConversationId id = session.conversationId();
            List<Started> all = TestThreads.run(2,
                    thread -> thread > 0 ? start(db(), session) : takeAway(id, head -> head.delete(now())));

            Activity left = activityInside(id);
            assertThat(left.openTurn()).isEmpty();
            assertThat(left.turns()).hasSize(all.getLast().turn().isPresent() ? 1 : 0)
                    .allMatch(turn -> turn.state().equals(new TurnState.Cancelled()));
            assertThat(reader().find(id, now())).isEmpty();
        }
    }

    @Test
    void a_turn_started_during_a_truncation_is_cancelled_or_has_its_prompt_S18() {
        for (int round = 0; round < ROUNDS; round++) {
            Session session = begin(session(startWith("first", "second")));
            ConversationId id = session.conversationId();
            Message first = messages(id).getFirst();
            TestThreads.run(2, thread -> thread > 0
                    ? start(db(), session)
                    : takeAway(id, head -> head.truncateAfter(first, now())));

            assertPromptIsThere(id);
        }
    }

    private void assertPromptIsThere(ConversationId id) {
        activity(id).openTurn().ifPresent(
                turn -> assertThat(reader().read(id, turn.promptId(), now()).messages()).hasSize(1));
    }

    @Test
    void the_messages_of_a_start_are_appended_with_its_turn_or_not_at_all_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());

        for (int round = 0; round < ROUNDS; round++) {
            int before = messages(id).size();
            List<List<MessageDraft>> drafts = Stream.generate(() -> List.of(draft("a"), draft("b"), draft("c")))
                    .limit(4).toList();
            List<Started> all = TestThreads.run(4, thread -> start(thread % 2 == 0 ? db() : other, session,
                    drafts.get(thread)));

            Turn open = activity(id).openTurn().orElseThrow();
            int winner = IntStream.range(0, 4).filter(n -> all.get(n).turn().isPresent()).findFirst().orElseThrow();
            assertThat(all).filteredOn(one -> one.turn().isPresent()).hasSize(1);
            assertThat(messages(id).subList(before, messages(id).size())).extracting(Message::id)
                    .containsExactlyElementsOf(drafts.get(winner).stream().map(MessageDraft::id).toList())
                    .endsWith(open.promptId());
            cancel(open);
        }
    }

    @Test
    void removing_the_prompt_of_an_unfinished_turn_is_rejected_S18() {
        Turn turn = startTurn(begin(session(startWith("before"))));
        ConversationId id = turn.conversationId();
        Conversation before = head(id);
        Message first = messages(id).getFirst();

        assertThatIllegalArgumentException().isThrownBy(() -> change(id, head -> head.clear(now())));
        assertThatIllegalArgumentException().isThrownBy(() -> change(id, head -> head.truncateAfter(first, now())));
        assertThatIllegalArgumentException().isThrownBy(() -> change(id, head -> head.delete(now())));
        assertThat(head(id)).isEqualTo(before);
        assertThat(activity(id).openTurn()).contains(turn);
        store().transact(id, SessionTransactions.cancelAnd(now(), head -> head.clear(now())));
        assertThat(activity(id).turn(turn.id()).state()).isEqualTo(new TurnState.Cancelled());
        assertThat(messages(id)).isEmpty();
    }

    @Test
    void changes_that_keep_the_prompt_of_an_unfinished_turn_are_allowed_S18() {
        Turn turn = startTurn(beginSession());
        ConversationId id = turn.conversationId();
        Message prompt = messages(id).getFirst();
        append(id, "after it");

        edit(id, prompt, "edited");
        change(id, head -> head.truncateAfter(prompt, now()));
        store().transact(id, tx -> {
            tx.record(tx.conversation().delete(now()).orElseThrow());
            tx.record(tx.find().orElseThrow().restore(now()).orElseThrow());
            return true;
        });

        assertThat(texts(id)).containsExactly("edited");
        assertThat(activity(id).openTurn()).contains(turn);
    }

    @Test
    void a_second_unfinished_turn_or_one_without_prompt_is_rejected_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        // It was not decided on the sessions and turns of this conversation.
        TurnStarted orphan = started(session, draft("never stored"));
        assertThatIllegalArgumentException().isThrownBy(() -> force(id, orphan));

        Turn turn = startTurn(session);
        TurnStarted second = started(session, draft("second"));
        assertThatIllegalArgumentException().isThrownBy(() -> force(id, second));
        assertThat(activity(id).turns()).containsExactly(turn);
    }

    private static TurnStarted started(Session session, MessageDraft prompt) {
        return (TurnStarted) new Activity(List.of(session), List.of()).start(newTurnId(), session, prompt.id(),
                Samples.digest("forced"), now(), lease()).getLast();
    }

    private void force(ConversationId id, TurnStarted started) {
        store().transact(id, tx -> {
            tx.record(tx.conversation().append(draft("beside it"), now()));
            tx.record(started);
            return true;
        });
    }

    /** How a start ended: with its turn, with the turn in progress that prevented it, or with neither. */
    private record Started(Optional<Turn> turn, Optional<TurnId> other) {
        static final Started NOT = new Started(Optional.empty(), Optional.empty());
    }

    private static Started start(StoreUnderTest db, Session session) {
        return start(db, session, List.of(draft("racing")));
    }

    private static Started start(StoreUnderTest db, Session session, List<MessageDraft> messages) {
        try {
            Turn turn = db.store().transact(session.conversationId(),
                    SessionTransactions.start(newTurnId(), session.id(), messages, now(), lease()));
            return new Started(Optional.of(turn), Optional.empty());
        } catch (TurnInProgress e) {
            return new Started(Optional.empty(), Optional.of(e.turnId()));
        } catch (ConversationNotFound e) {
            return Started.NOT;
        }
    }

    private Started takeAway(ConversationId id,
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        store().transact(id, SessionTransactions.cancelAnd(now(), decision));
        return Started.NOT;
    }
}
