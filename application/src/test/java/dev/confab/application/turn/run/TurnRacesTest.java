package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.Sessions;
import dev.confab.application.TurnEvents;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.conversation.Race;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Two concurrent calls on one turn: always one of the two legal outcomes, and every reader sees the same one. */
@Timeout(60)
class TurnRacesTest {
    private static final int RACES = 200;
    private static final int STARTS = 32;

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Instance two = world.instance();

    @RepeatedTest(RACES)
    void a_cancel_against_the_completion() throws Exception {
        Session session = one.session();
        var held = one.assistant.holds("Reply");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        Instance canceller = turn.id().value().getLeastSignificantBits() % 2 == 0 ? one : two;

        List<Object> outcomes = race(List.of(() -> {
            held.goOn(".");
            return "";
        }, () -> canceller.turns.cancel(ANN, turn.id())));

        Turn ended = one.finished(turn);
        assertThat(outcomes.getLast()).isEqualTo(ended);
        List<Message> messages = one.messages(session.conversationId());
        boolean completed = ended.state().equals(new Completed());
        if (completed) {
            assertThat(messages).extracting(Message::text).containsExactly("Hi", "Reply.");
        } else {
            assertThat(ended.state()).isEqualTo(new Cancelled());
            assertThat(messages.getFirst().text()).isEqualTo("Hi");
            assertThat(messages).hasSize(ended.replyId().isPresent() ? 2 : 1);
        }
        for (Instance each : List.of(one, two)) {
            assertThat(each.follow(turn.id(), 0)).filteredOn(Ended.class::isInstance).singleElement()
                    .isEqualTo(new Ended(ended.step() * TurnEvents.IDS_PER_STEP + 1, ended));
        }
    }

    @RepeatedTest(RACES)
    void a_clear_against_a_start() throws Exception {
        Session session = one.session();
        Turn before = one.finished(one.start(session, "Before"));
        var held = one.assistant.holds("Reply");

        List<Object> outcomes = race(List.of(() -> one.start(session, "Hi"),
                () -> two.sessions.clear(ANN, session.id())));

        Turn turn = (Turn) outcomes.getFirst();
        List<String> texts = one.texts(session.conversationId());
        if (texts.isEmpty()) {
            assertThat(one.finished(turn).state()).isEqualTo(new Cancelled());
        } else {
            held.said.await();
            held.goOn();
            assertThat(one.finished(turn).state()).isEqualTo(new Completed());
            assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Reply");
        }
        assertThat(one.get(before.id()).state()).isEqualTo(new Completed());
    }

    @RepeatedTest(RACES)
    void an_approval_against_a_cancel() throws Exception {
        Session session = one.session();
        one.assistant.needs("May I?", new ToolRequest("search", "{}"));
        two.assistant.says(" Yes.");
        Turn asked = one.awaited(one.start(session, "Hi"), "awaiting-approval");

        List<Object> outcomes = race(List.of(
                () -> two.turns.answer(ANN, asked.id(), "call-1", new Approval(true, Optional.empty())),
                () -> one.turns.cancel(ANN, asked.id())));

        Turn ended = two.finished(asked);
        assertThat(outcomes.getLast()).isEqualTo(ended);
        if (outcomes.getFirst() instanceof TurnFinished) {
            assertThat(ended.state()).isEqualTo(new Cancelled());
            assertThat(one.texts(session.conversationId())).containsExactly("Hi", "May I?");
        } else {
            assertThat(ended.state()).isIn(new Cancelled(), new Completed());
            assertThat(one.texts(session.conversationId())).isIn(List.of("Hi", "May I?"),
                    List.of("Hi", "May I?", "search for ann: {}", " Yes."));
        }
        assertThat(one.follow(asked.id(), 0).getLast()).isEqualTo(two.follow(asked.id(), 0).getLast());
    }

    @RepeatedTest(RACES)
    void an_expiry_against_making_the_session_permanent() throws Exception {
        Session session = one.session(Optional.of(Sessions.MIN_TIME_TO_LIVE));

        List<Object> outcomes = race(
                List.of(() -> one.sessions.makePermanent(ANN, session.id(), Optional.empty()), () -> {
                    world.pass(Sessions.MIN_TIME_TO_LIVE);
                    return two.sessions.sweep();
                }));

        boolean kept = !(outcomes.getFirst() instanceof SessionNotFound);
        assertThat(outcomes.getLast()).isEqualTo(kept ? 0 : 1);
        assertThat(one.store.find(session.conversationId(), world.now).isPresent()).isEqualTo(kept);
        assertThat(one.store.session(ANN, session.id(), world.now).isPresent()).isEqualTo(kept);
    }

    @RepeatedTest(20)
    void of_many_starts_on_two_instances_exactly_one_succeeds_and_the_others_fail_with_its_id_S18() throws Exception {
        Session session = one.session();
        var heldByOne = one.assistant.holds("Reply");
        var heldByTwo = two.assistant.holds("Reply");

        List<Object> outcomes = race(IntStream.range(0, STARTS).<Callable<?>>mapToObj(
                i -> () -> (i % 2 == 0 ? one : two).turns.start(ANN, session.id(), new Prompt(MADE, MADE, "Hi " + i))
                        .value())
                .toList());

        Turn turn = (Turn) outcomes.stream().filter(Turn.class::isInstance).findFirst().orElseThrow();
        assertThat(outcomes).filteredOn(TurnInProgress.class::isInstance).hasSize(STARTS - 1)
                .allSatisfy(refused -> assertThat(((TurnInProgress) refused).turnId()).isEqualTo(turn.id()));
        heldByOne.goOn();
        heldByTwo.goOn();
        one.finished(turn);
        two.finished(turn);
        assertThat(one.texts(session.conversationId())).hasSize(2).last().isEqualTo("Reply");
        assertThat(two.finished(two.start(session, "Again")).state()).isEqualTo(new Completed());
    }

    @RepeatedTest(20)
    void of_many_equal_starts_on_two_instances_exactly_one_is_new_and_it_runs_once() throws Exception {
        Session session = one.session();
        var request = new Prompt(TurnWorld.given(1), TurnWorld.given(2), "Hi");

        List<Object> outcomes = race(IntStream.range(0, STARTS).<Callable<?>>mapToObj(
                i -> () -> (i % 2 == 0 ? one : two).turns.start(ANN, session.id(), request).isNew()).toList());

        assertThat(outcomes).filteredOn(Boolean.TRUE::equals).hasSize(1);
        TurnWorld.await(() -> one.turns.list(ANN, session.conversationId()).getFirst().isFinished());
        assertThat(one.assistant.questions.size() + two.assistant.questions.size()).isOne();
    }

    @RepeatedTest(20)
    void a_deletion_of_the_conversation_against_a_start_leaves_no_turn_running() throws Exception {
        Session session = one.session();
        var held = one.assistant.holds("Reply");

        List<Object> outcomes = race(List.of(() -> one.start(session, "Hi"),
                () -> two.conversations.delete(ANN, session.conversationId(), new Precondition.None())));

        TurnWorld.await(() -> one.runner.running() == 0);
        one.conversations.restore(ANN, session.conversationId());
        if (outcomes.getFirst() instanceof Turn turn) {
            assertThat(one.get(turn.id()).state()).isEqualTo(new Cancelled());
        } else {
            assertThat(outcomes.getFirst()).isInstanceOf(SessionNotFound.class);
        }
        held.goOn();
    }

    private static List<Object> race(List<? extends Callable<?>> calls) throws Exception {
        return Race.of(calls, ConfabException.class);
    }
}
