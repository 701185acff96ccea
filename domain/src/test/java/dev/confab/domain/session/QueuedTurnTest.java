package dev.confab.domain.session;

import static dev.confab.domain.session.Samples.DIGEST;
import static dev.confab.domain.session.Samples.LEASE;
import static dev.confab.domain.session.Samples.NOW;
import static dev.confab.domain.session.Samples.running;
import static dev.confab.domain.session.Samples.session;
import static dev.confab.domain.session.Samples.sessionId;
import static dev.confab.domain.session.Samples.turnId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Queued;
import dev.confab.domain.session.TurnState.Running;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns that wait until the turns before them have ended. */
class QueuedTurnTest {
    private static final MessageDraft MESSAGE = MessageDraft.of(new MessageId(new UUID(9, 1)), Role.USER, "and this");

    @Test
    void a_turn_waits_in_step_1_and_begins_in_step_2() {
        Activity activity = queued(running(), 2);
        Turn waiting = activity.turn(turnId(2));
        assertThat(waiting.isQueued()).isTrue();
        assertThat(waiting.isOpen() || waiting.isFinished() || waiting.hasBegun()).isFalse();
        assertThat(waiting.promptId()).isEqualTo(MESSAGE.id());
        assertThat(activity.next()).isEmpty();

        Activity ended = activity.apply(activity.cancel(NOW).orElseThrow());
        assertThat(ended.next()).contains(waiting);
        Activity begun = ended.apply(waiting.begin(LEASE, NOW.plusSeconds(5)));

        Turn turn = begun.openTurn().orElseThrow();
        assertThat(turn.step()).isEqualTo(2).isEqualTo(turn.firstStep());
        assertThat(turn.state()).isEqualTo(new Running(LEASE, ""));
        assertThat(turn.queuedAt()).contains(NOW);
        assertThat(turn.startedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(turn.hasBegun()).isTrue();
        assertThatThrownBy(() -> turn.begin(LEASE, NOW)).isInstanceOf(TurnSuperseded.class);
        assertThatIllegalArgumentException().isThrownBy(() -> begun.apply(waiting.begin(LEASE, NOW)));
    }

    @Test
    void it_cannot_begin_beside_another_turn() {
        Activity activity = queued(running(), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> activity.apply(activity.turn(turnId(2)).begin(LEASE, NOW)));
    }

    @Test
    void a_turn_that_is_cancelled_while_it_waits_has_not_begun() {
        Activity activity = queued(running(), 2, 3);

        Activity after = activity.apply(activity.turn(turnId(2)).cancel(Optional.empty(), NOW));

        assertThat(after.turn(turnId(2)).state()).isEqualTo(new Cancelled());
        assertThat(after.turn(turnId(2)).hasBegun()).isFalse();
        assertThat(ids(after)).containsExactly(turnId(1), turnId(2), turnId(3));
        assertThat(after.openTurn()).map(Turn::id).contains(turnId(1));
    }

    @Test
    void only_what_may_follow_a_waiting_turn_follows_it() {
        Turn waiting = queued(running(), 2).turn(turnId(2));

        assertThatThrownBy(() -> waiting.renew(1, LEASE, "", NOW)).isInstanceOf(TurnSuperseded.class);
        assertThatThrownBy(() -> waiting.complete(1, MESSAGE.id(), List.of(), Optional.empty(), NOW))
                .isInstanceOf(TurnSuperseded.class);
        assertThat(waiting.state().leadsTo(new TurnState.Completed())).isFalse();
        assertThat(new Running(LEASE, "").leadsTo(new Queued(List.of(MESSAGE)))).isFalse();
        assertThat(new TurnState.AwaitingApproval().leadsTo(new Queued(List.of(MESSAGE)))).isFalse();
    }

    @Test
    void those_that_interrupt_come_before_those_that_wait() {
        Activity activity = queued(running(), 2, 3);
        Activity cancelled = activity.apply(activity.cancel(NOW).orElseThrow());

        Activity after = cancelled.apply(cancelled
                .start(turnId(4), session(1), Samples.PROMPT, DIGEST, NOW, LEASE).getLast());

        assertThat(ids(after)).containsExactly(turnId(1), turnId(4), turnId(2), turnId(3));
        assertThat(after.latestTurn(sessionId(1))).map(Turn::id).contains(turnId(4));
    }

    @Test
    void ten_turns_wait_and_none_of_them_is_dropped() {
        Activity activity = queued(running(), IntStream.rangeClosed(2, 11).toArray());
        assertThatThrownBy(() -> activity.queue(turnId(12), session(1), List.of(MESSAGE), DIGEST, NOW))
                .isInstanceOf(TooManyQueuedTurns.class);
        assertThatIllegalArgumentException().isThrownBy(() -> activity
                .apply(new TurnStarted(Turn.queue(turnId(12), session(1), List.of(MESSAGE), DIGEST, NOW), NOW)));

        Activity later = activity;
        for (int n = 20; n < 40; n++) {
            Activity cancelled = later.apply(later.cancel(NOW).orElseThrow());
            later = cancelled.apply(
                    cancelled.start(turnId(n), session(1), Samples.PROMPT, DIGEST, NOW, LEASE).getLast());
        }

        assertThat(later.turns()).hasSize(Activity.MAX_TURNS);
        assertThat(later.queuedTurns()).isEqualTo(activity.queuedTurns());
        assertThat(later.openTurn()).map(Turn::id).contains(turnId(39));
    }

    @Test
    void the_end_of_a_session_cancels_its_waiting_turns_only() {
        Activity two = running().apply(new SessionStarted(session(2), NOW));
        Activity activity = queued(two, 2)
                .apply(two.queue(turnId(3), session(2), List.of(MESSAGE), DIGEST, NOW));

        List<SessionEvent> events = activity.end(sessionId(1), NOW);
        Activity after = activity;
        for (SessionEvent event : events) {
            after = after.apply(event);
        }

        assertThat(after.next()).map(Turn::id).contains(turnId(3));
        assertThat(after.turns()).filteredOn(Turn::isFinished).extracting(Turn::id)
                .containsExactlyInAnyOrder(turnId(1), turnId(2));
    }

    @Test
    void its_messages_are_bounded() {
        String megabyte = "x".repeat(1024 * 1024);
        assertThat(new Queued(List.of(MessageDraft.of(MESSAGE.id(), Role.USER, megabyte))).messages()).hasSize(1);
        for (List<MessageDraft> messages : List.of(List.<MessageDraft>of(),
                Stream.generate(() -> MESSAGE).limit(101).toList(),
                List.of(MESSAGE, MessageDraft.of(MESSAGE.id(), Role.USER, megabyte)))) {
            assertThatThrownBy(() -> new Queued(messages)).isInstanceOf(InvalidValue.class);
        }
    }

    private static Activity queued(Activity activity, int... numbers) {
        Activity after = activity;
        for (int number : numbers) {
            after = after.apply(after.queue(turnId(number), session(1), List.of(MESSAGE), DIGEST, NOW));
        }
        return after;
    }

    private static List<TurnId> ids(Activity activity) {
        return activity.turns().stream().map(Turn::id).toList();
    }
}
