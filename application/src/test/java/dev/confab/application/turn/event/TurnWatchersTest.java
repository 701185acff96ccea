package dev.confab.application.turn.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.TurnId;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnWatchersTest {
    private static final TurnId TURN = new TurnId(new UUID(1, 1));
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(2, 2));

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TurnWatchers watchers = new TurnWatchers(tasks::add);
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void wake_ups_before_the_listeners_are_called_are_one_call() {
        watchers.add(TURN, calls::incrementAndGet);

        watchers.wake(TURN);
        watchers.wake(TURN);
        runAll();

        assertThat(calls).hasValue(1);
    }

    @Test
    void a_wake_up_that_arrives_while_a_listener_is_called_calls_it_again() {
        watchers.add(TURN, () -> {
            if (calls.incrementAndGet() == 1) {
                watchers.wake(TURN);
            }
        });

        watchers.wake(TURN);
        runAll();

        assertThat(calls).hasValue(2);
    }

    @Test
    void a_change_of_the_conversation_wakes_the_turns_located_in_it() {
        watchers.add(TURN, calls::incrementAndGet);
        watchers.changed(CONVERSATION);
        assertThat(watchers.locate(TURN, CONVERSATION)).isTrue();
        assertThat(watchers.locate(TURN, CONVERSATION)).isFalse();

        watchers.changed(CONVERSATION);
        runAll();

        assertThat(calls).hasValue(1);
    }

    @Test
    void the_same_listener_may_be_added_twice_and_each_is_closed_on_its_own() {
        Runnable listener = calls::incrementAndGet;
        var first = watchers.add(TURN, listener);
        var second = watchers.add(TURN, listener);

        first.close();
        first.close();
        watchers.wake(TURN);
        runAll();

        assertThat(calls).hasValue(1);
        second.close();
        assertThat(watchers.isEmpty()).isTrue();
    }

    @Test
    void nothing_is_kept_of_a_turn_without_readers() {
        var subscription = watchers.add(TURN, calls::incrementAndGet);
        watchers.locate(TURN, CONVERSATION);

        subscription.close();

        assertThat(watchers.isEmpty()).isTrue();
        assertThat(watchers.locate(TURN, CONVERSATION)).isFalse();
        assertThat(watchers.isEmpty()).isTrue();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
