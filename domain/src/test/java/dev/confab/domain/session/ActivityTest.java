package dev.confab.domain.session;

import static dev.confab.domain.session.Samples.CONVERSATION;
import static dev.confab.domain.session.Samples.DIGEST;
import static dev.confab.domain.session.Samples.LEASE;
import static dev.confab.domain.session.Samples.NOW;
import static dev.confab.domain.session.Samples.OWNER;
import static dev.confab.domain.session.Samples.PROMPT;
import static dev.confab.domain.session.Samples.running;
import static dev.confab.domain.session.Samples.session;
import static dev.confab.domain.session.Samples.sessionId;
import static dev.confab.domain.session.Samples.turn;
import static dev.confab.domain.session.Samples.turnId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Lifetime.Temporary;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Failed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final Instant END = NOW.plusSeconds(60);

    @Test
    void a_session_is_found_by_its_owner_while_it_lives() {
        Activity activity = with(session(1), session(2, new Temporary(END)));

        assertThat(activity.session(OWNER, sessionId(2), END.minusMillis(1))).isEqualTo(
                session(2, new Temporary(END)));
        assertThatThrownBy(() -> activity.session(OWNER, sessionId(2), END)).isInstanceOf(SessionNotFound.class);
        assertThatThrownBy(() -> activity.session(new OwnerId("you"), sessionId(1), NOW))
                .isInstanceOf(SessionNotFound.class);
        assertThatThrownBy(() -> activity.session(OWNER, sessionId(3), NOW)).isInstanceOf(SessionNotFound.class);
        assertThat(activity.find(sessionId(2))).isPresent();
        assertThatThrownBy(() -> activity.turn(turnId(1))).isInstanceOf(TurnNotFound.class);
    }

    @Test
    void twenty_sessions_live_in_a_conversation_and_those_that_are_over_make_room() {
        Activity full = with(IntStream.rangeClosed(1, 20)
                .mapToObj(n -> n > 18 ? session(n, new Temporary(END)) : session(n)).toArray(Session[]::new));

        assertThatThrownBy(() -> full.start(session(21), END.minusMillis(1))).isInstanceOf(TooManySessions.class);
        Activity after = apply(full, full.start(session(21), END));
        assertThat(after.sessions()).hasSize(19).endsWith(session(21));
        assertThat(after.find(sessionId(19))).isEmpty();
    }

    @Test
    void a_function_that_does_not_check_for_room_is_refused_without_room() {
        Activity full = with(IntStream.rangeClosed(1, 20).mapToObj(Samples::session).toArray(Session[]::new));

        refuses(full, new SessionStarted(session(21), NOW));
    }

    @Test
    void an_expired_session_that_is_replaced_ends_with_its_turn() {
        Session over = session(1, new Temporary(END));
        Activity activity = with(over).apply(new TurnStarted(turn(1), NOW));

        Activity after = apply(activity, activity.start(session(2), END));

        assertThat(after.sessions()).containsExactly(session(2));
        assertThat(after.turn(turnId(1)).state()).isEqualTo(new Cancelled());
    }

    @Test
    void a_session_that_ends_cancels_its_own_turn_and_no_others() {
        Activity activity = running().apply(new SessionStarted(session(2), NOW));

        Activity without2 = apply(activity, activity.end(sessionId(2), NOW));
        assertThat(without2.openTurn()).contains(turn(1));
        Activity without1 = apply(activity, activity.end(sessionId(1), NOW));
        assertThat(without1.openTurn()).isEmpty();
        assertThat(without1.turn(turnId(1)).state()).isEqualTo(new Cancelled());
        assertThatThrownBy(() -> without1.end(sessionId(1), NOW)).isInstanceOf(SessionNotFound.class);
    }

    @Test
    void one_turn_is_unfinished_at_a_time() {
        Activity activity = running();

        assertThatThrownBy(() -> start(activity, 2, NOW)).isInstanceOf(TurnInProgress.class).hasMessageContaining(
                turnId(1).toString());
        Activity cancelled = activity.apply(activity.cancel(NOW).orElseThrow());
        assertThat(cancelled.cancel(NOW)).isEmpty();
        assertThat(apply(cancelled, start(cancelled, 2, NOW)).openTurn()).map(Turn::id).contains(turnId(2));
    }

    @Test
    void a_turn_whose_lease_is_over_fails_and_makes_room() {
        Activity activity = running();

        assertThat(activity.endAbandoned(LEASE.minusMillis(1))).isEmpty();
        assertThatThrownBy(() -> start(activity, 2, LEASE.minusMillis(1))).isInstanceOf(TurnInProgress.class);
        Activity after = apply(activity, start(activity, 2, LEASE));
        assertThat(after.turn(turnId(1)).state()).isEqualTo(new Failed(TurnFailure.LEASE_EXPIRED));
        assertThat(after.openTurn()).map(Turn::id).contains(turnId(2));
        assertThat(after.endAbandoned(LEASE)).isEmpty();
    }

    @Test
    void a_turn_whose_session_is_over_is_cancelled_and_makes_room() {
        Activity activity = with(session(1, new Temporary(END)), session(2)).apply(new TurnStarted(turn(1), NOW));
        Turn waiting = turn(1).ask(1, List.of(Samples.round(true, "call")), Optional.empty(), LEASE, NOW).turn();
        Activity stuck = activity.apply(new TurnChanged(waiting, NOW));

        assertThat(stuck.endAbandoned(END.minusMillis(1))).isEmpty();
        assertThat(stuck.endAbandoned(END)).map(event -> event.turn().state()).contains(new Cancelled());
        var next = stuck.start(turnId(2), session(2), PROMPT, DIGEST, END, END.plusSeconds(30));
        assertThat(apply(stuck, next).openTurn()).map(Turn::id).contains(turnId(2));
    }

    @Test
    void the_first_turns_are_forgotten() {
        Activity activity = with(session(1));
        for (int n = 1; n <= Activity.MAX_TURNS + 2; n++) {
            activity = apply(activity, start(activity, n, NOW));
            activity = activity.apply(activity.cancel(NOW).orElseThrow());
        }

        assertThat(activity.turns()).hasSize(Activity.MAX_TURNS).first().extracting(Turn::id).isEqualTo(turnId(3));
        assertThat(activity.find(turnId(2))).isEmpty();
        assertThat(activity.latestTurn(sessionId(1))).map(Turn::id).contains(turnId(Activity.MAX_TURNS + 2));
        assertThat(activity.latestTurn(sessionId(2))).isEmpty();
    }

    @Test
    void an_event_that_does_not_follow_is_refused() {
        Activity running = running();
        Turn ended = turn(1).cancel(Optional.empty(), NOW).turn();
        Activity over = running.apply(new TurnChanged(ended, NOW));

        refuses(running, new SessionStarted(session(1), NOW));
        refuses(running, new SessionChanged(session(2), NOW));
        refuses(running, new SessionChanged(session(1, new Temporary(END)), NOW));
        refuses(running, new SessionEnded(CONVERSATION, sessionId(2), NOW));
        refuses(running, new TurnStarted(turn(2), NOW));
        refuses(running, new TurnChanged(turn(2), NOW));
        refuses(over, new TurnStarted(turn(1), NOW));
        refuses(over, new TurnStarted(ended, NOW));
        refuses(over, new TurnChanged(turn(1), NOW));
        refuses(Activity.NONE, new TurnStarted(turn(1), NOW));
    }

    @Test
    void a_change_puts_the_session_in_its_place() {
        Activity activity = with(session(1), session(2), session(3));
        Session changed = session(2).makePermanent(Optional.of(new Title("new")), NOW)
                .orElseThrow();

        assertThat(activity.apply(new SessionChanged(changed, NOW)).sessions()).containsExactly(session(1), changed,
                session(3));
    }

    @Test
    void it_is_copied_S11() {
        var sessions = new ArrayList<>(List.of(session(1)));
        Activity activity = new Activity(sessions, List.of());
        sessions.clear();

        assertThat(activity.sessions()).hasSize(1);
        assertThatThrownBy(() -> activity.sessions().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static void refuses(Activity activity, SessionEvent event) {
        assertThatThrownBy(() -> activity.apply(event)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(event.getClass().getSimpleName());
    }

    private static List<SessionEvent> start(Activity activity, int number, Instant now) {
        return activity.start(turnId(number), session(1), PROMPT, DIGEST, now, now.plusSeconds(30));
    }

    private static Activity with(Session... sessions) {
        return new Activity(List.of(sessions), List.of());
    }

    private static Activity apply(Activity activity, List<SessionEvent> events) {
        Activity after = activity;
        for (SessionEvent event : events) {
            after = after.apply(event);
        }
        return after;
    }
}
