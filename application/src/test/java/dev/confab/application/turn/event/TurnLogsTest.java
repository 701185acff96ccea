package dev.confab.application.turn.event;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;
import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnLogsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(1, 1));

    @Test
    void the_log_that_is_kept_longest_is_dropped_first_when_memory_is_short() {
        var logs = new TurnLogs(8_000, Duration.ofMinutes(5));
        TurnLog first = rested(logs, turn(1), NOW);
        TurnLog second = rested(logs, turn(2), NOW.plusSeconds(1));
        assertThat(logs.of(CONVERSATION)).containsExactlyInAnyOrder(first, second);

        TurnLog third = rested(logs, turn(3), NOW.plusSeconds(2));

        assertThat(logs.of(CONVERSATION)).containsExactlyInAnyOrder(second, third);
        assertThat(logs.find(TurnKey.of(turn(1)))).isEmpty();
        assertThat(logs.retainedBytes()).isBetween(1L, 8_000L);
        logs.evict(NOW.plusSeconds(301));
        assertThat(logs.of(CONVERSATION)).containsExactly(third);
        logs.evict(NOW.plusSeconds(302));
        assertThat(logs.has(CONVERSATION)).isFalse();
        assertThat(logs.retainedBytes()).isZero();
    }

    @Test
    void the_log_of_a_running_turn_is_never_evicted_and_a_turn_that_resumes_continues_its_log() {
        var logs = new TurnLogs(0, Duration.ZERO);
        TurnLog running = logs.open(ANN, turn(1));
        logs.evict(NOW.plusSeconds(1_000));
        assertThat(logs.find(TurnKey.of(turn(1)))).contains(running);

        var patient = new TurnLogs(1_000_000, Duration.ofMinutes(5));
        TurnLog rested = rested(patient, turn(1), NOW);
        assertThat(patient.open(ANN, turn(1))).isSameAs(rested);
        assertThat(patient.retainedBytes()).isZero();
        patient.evict(NOW.plusSeconds(1_000));
        assertThat(patient.find(TurnKey.of(turn(1)))).contains(rested);
    }

    @Test
    void events_added_to_a_retained_log_count_too() {
        var logs = new TurnLogs(20_000, Duration.ofMinutes(5));
        rested(logs, turn(1), NOW);
        rested(logs, turn(2), NOW);
        long before = logs.retainedBytes();
        var reply = new Message(new MessageId(new UUID(5, 5)), 2, Role.ASSISTANT, "x".repeat(4_000), Optional.empty(),
                Metadata.EMPTY, NOW, Optional.empty(), Version.FIRST, Digest.of("test").build());

        logs.add(TurnKey.of(turn(2)), CommittedEvents.of(cancelled(turn(2), reply), List.of(reply)));

        assertThat(logs.retainedBytes()).isGreaterThan(before + 8_000);
        logs.add(TurnKey.of(turn(1)), CommittedEvents.of(cancelled(turn(1), reply), List.of(reply)));
        logs.evict(NOW);
        assertThat(logs.find(TurnKey.of(turn(1)))).isEmpty();
        assertThat(logs.retainedBytes()).isBetween(1L, 20_000L);
        logs.evict(NOW.plusSeconds(301));
        assertThat(logs.retainedBytes()).isZero();
    }

    @Test
    void slices_are_limited_and_together_give_all_events() {
        var log = new TurnLog(ANN, turn(1));
        for (int i = 0; i < 1_000; i++) {
            log.addDelta(1, "x".repeat(i));
        }

        var all = new ArrayList<TurnEvent>();
        for (List<TurnEvent> slice = log.after(0).events(); !slice.isEmpty(); slice = log.after(all.getLast().id())
                .events()) {
            assertThat(slice).hasSizeLessThanOrEqualTo(256);
            assertThat(slice.stream().mapToInt(event -> ((Delta) event).text().length()).sum()).isLessThan(66 * 1024);
            all.addAll(slice);
        }

        assertThat(all).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(all.get(i)).isEqualTo(new Delta(IDS_PER_STEP + 1 + i, "x".repeat(i)));
        }
    }

    @Test
    void a_reply_in_single_letters_takes_a_few_times_its_own_size() {
        var log = new TurnLog(ANN, turn(1));
        for (int i = 0; i < 1024 * 1024; i++) {
            log.addDelta(1, "x");
        }

        assertThat(log.bytes()).isLessThan(12L * 1024 * 1024);
    }

    @Test
    void nothing_follows_the_end() {
        var log = new TurnLog(ANN, turn(1));
        log.addDelta(1, "a");
        log.add(CommittedEvents.of(cancelled(turn(1)), List.of()));

        log.addDelta(1, "b");
        log.add(CommittedEvents.of(cancelled(turn(1)), List.of()));

        assertThat(log.after(0).events()).extracting(TurnEvent::id).containsExactly(IDS_PER_STEP + 1,
                2 * IDS_PER_STEP + 1);
        assertThat(log.isEnded()).isTrue();
    }

    private static TurnLog rested(TurnLogs logs, Turn turn, Instant now) {
        TurnLog log = logs.open(ANN, turn);
        log.addDelta(1, "x".repeat(1_500));
        logs.rest(log, now);
        return log;
    }

    private static Turn turn(int number) {
        return new Turn(new TurnId(new UUID(2, number)), CONVERSATION, new SessionId(new UUID(3, 3)),
                new MessageId(new UUID(4, 4)), Optional.empty(), new Running(NOW, ""), 1, NOW, Optional.empty(),
                List.of(), Optional.empty(), Digest.of("test").build());
    }

    private static Turn cancelled(Turn turn, Message reply) {
        return turn.cancel(Optional.of(reply.id()), NOW).turn();
    }

    private static Turn cancelled(Turn turn) {
        return turn.cancel(Optional.empty(), NOW).turn();
    }
}
