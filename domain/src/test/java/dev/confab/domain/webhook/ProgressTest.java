package dev.confab.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.Progress.Head;
import dev.confab.domain.webhook.Progress.Next;
import dev.confab.domain.webhook.WebhookEvent.ConversationReached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final ConversationId ID = new ConversationId(new UUID(1, 2));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Set<EventType> ALL = EventType.SUBSCRIBABLE;

    private static Progress progress(Cursor cursor, long version, boolean deleted, TurnProgress... turns) {
        return new Progress(ID, cursor, Optional.of(new Head(version, deleted, NOW)), List.of(turns));
    }

    private static TurnProgress turn(long id, int step, String state) {
        return new TurnProgress(new TurnId(new UUID(3, id)), new SessionId(new UUID(4, 5)), step, state,
                state.equals("running") || state.equals("awaiting-approval") ? Optional.empty() : Optional.of(NOW));
    }

    /** The events until there is none, each stored before the next one is asked for. */
    private static List<String> events(Progress start, Set<EventType> subscribed) {
        List<String> events = new ArrayList<>();
        Progress progress = start;
        while (true) {
            switch (progress.next(subscribed, NOW)) {
                case Next.Nothing _,Next.Forget _ -> {
                    return events;
                }
                case Next.Skip(Cursor after) -> progress = at(progress, after);
                case Next.Send(WebhookEvent event, Cursor after) -> {
                    events.add(event.type().code() + " " + event.id().replace(ID + ":", ""));
                    progress = at(progress, after);
                }
                case Next.SendLast(WebhookEvent event) -> {
                    events.add(event.type().code());
                    return events;
                }
            }
        }
    }

    private static Progress at(Progress progress, Cursor cursor) {
        assertThat(cursor).isNotEqualTo(progress.cursor());
        return new Progress(ID, cursor, progress.head(), progress.turns());
    }

    private static Cursor reported(long version) {
        return new Cursor(version, Optional.empty(), Optional.empty());
    }

    @Test
    void each_version_after_the_cursor_is_reported_in_order() {
        assertThat(events(progress(reported(3), 6, false), ALL)).containsExactly("conversation.changed 4",
                "conversation.changed 5", "conversation.changed 6");
        assertThat(progress(reported(6), 6, false).isDue()).isFalse();
    }

    @Test
    void the_first_event_of_a_conversation_reports_all_versions_until_then() {
        assertThat(progress(Cursor.NONE, 40, false).next(ALL, NOW)).isInstanceOfSatisfying(Next.Send.class,
                send -> assertThat(send.event()).isEqualTo(
                        new ConversationReached(EventType.CONVERSATION_CHANGED, ID, 40, 0, NOW)));
    }

    @Test
    void a_webhook_far_behind_gets_the_last_versions_one_by_one() {
        Progress far = progress(reported(5), 5_000, false);

        assertThat(events(far, ALL)).hasSize(Progress.MAX_SEPARATE_VERSIONS + 1).first()
                .isEqualTo("conversation.changed 4000");
        assertThat(events(progress(reported(5), 1_005, false), ALL)).hasSize(1_000);
    }

    @Test
    void the_last_version_of_a_deleted_conversation_is_its_deletion() {
        assertThat(events(progress(reported(3), 5, true), ALL)).containsExactly("conversation.changed 4",
                "conversation.deleted 5");
        assertThat(events(progress(reported(3), 5, true), EnumSet.of(EventType.CONVERSATION_DELETED)))
                .containsExactly("conversation.deleted 5");
    }

    @Test
    void turns_are_reported_after_the_versions_when_they_end_or_wait() {
        TurnProgress ended = turn(1, 2, "completed");
        Progress two = progress(reported(3), 4, false, ended, turn(2, 3, "failed"), turn(3, 1, "running"));

        assertThat(events(two, ALL)).containsExactly("conversation.changed 4",
                "turn.completed " + new UUID(3, 1) + ":2", "turn.failed " + new UUID(3, 2) + ":3");
        Cursor afterFirst = Cursor.upTo(4, List.of(ended));
        assertThat(events(progress(afterFirst, 4, false, ended, turn(2, 2, "awaiting-approval")), ALL))
                .containsExactly("turn.awaiting-approval " + new UUID(3, 2) + ":2");
        Cursor afterWaiting = Cursor.upTo(4, List.of(turn(2, 2, "awaiting-approval")));
        assertThat(events(progress(afterWaiting, 4, false, ended, turn(2, 4, "cancelled")), ALL))
                .containsExactly("turn.cancelled " + new UUID(3, 2) + ":4");
        assertThat(progress(afterWaiting, 4, false, ended, turn(2, 3, "running")).isDue()).isFalse();
        assertThat(progress(afterWaiting, 4, false, ended, turn(2, 2, "awaiting-approval")).isDue()).isFalse();
    }

    @Test
    void events_without_a_subscription_move_the_cursor_at_once() {
        Progress progress = progress(reported(3), 900, false, turn(1, 2, "completed"));

        assertThat(progress.next(EnumSet.of(EventType.TURN_FAILED), NOW)).isEqualTo(
                new Next.Skip(Cursor.upTo(900, List.of(turn(1, 2, "completed")))));
        assertThat(events(progress, EnumSet.of(EventType.TURN_COMPLETED)))
                .containsExactly("turn.completed " + new UUID(3, 1) + ":2");
    }

    @Test
    void a_purge_is_reported_of_a_conversation_that_was_reported_and_then_forgotten() {
        Progress gone = new Progress(ID, reported(3), Optional.empty(), List.of());

        assertThat(events(gone, ALL)).containsExactly("conversation.purged");
        assertThat(gone.next(EnumSet.of(EventType.TURN_FAILED), NOW)).isEqualTo(new Next.Forget());
        assertThat(new Progress(ID, Cursor.NONE, Optional.empty(), List.of()).isDue()).isFalse();
        assertThat(new Progress(ID, Cursor.NONE.failing(NOW), Optional.empty(), List.of()).next(ALL, NOW))
                .isEqualTo(new Next.Forget());
        assertThat(events(progress(reported(3), 1, false), ALL)).as("created again")
                .containsExactly("conversation.purged");
    }
}
