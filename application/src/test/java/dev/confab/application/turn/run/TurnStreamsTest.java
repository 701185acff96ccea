package dev.confab.application.turn.run;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;
import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnStreamsTest {
    private static final Precondition NONE = new Precondition.None();

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_stream_resumed_after_any_event_gives_the_others_once_and_in_order() throws InterruptedException {
        one.assistant.says("a", "b", "c", "d");
        Turn turn = one.finished(one.start(session, "Hi"));
        List<TurnEvent> all = one.follow(turn.id(), 0);

        for (int i = 0; i < all.size(); i++) {
            assertThat(one.follow(turn.id(), all.get(i).id())).isEqualTo(all.subList(i + 1, all.size()));
        }
        assertThat(one.events.after(ANN, turn.id(), all.getLast().id()))
                .satisfies(rest -> assertThat(rest.events()).isEmpty())
                .satisfies(rest -> assertThat(rest.ended()).isTrue());
    }

    @Test
    void another_instance_returns_the_committed_events_under_the_same_ids() throws InterruptedException {
        one.assistant.says("a", "b");
        Turn turn = one.finished(one.start(session, "Hi"));
        List<TurnEvent> here = one.follow(turn.id(), 0);

        List<TurnEvent> elsewhere = world.instance().follow(turn.id(), 0);

        assertThat(elsewhere).extracting(TurnEvent::id).containsExactly(IDS_PER_STEP, 2 * IDS_PER_STEP,
                2 * IDS_PER_STEP + 1);
        assertThat(elsewhere.subList(1, 3)).isEqualTo(here.subList(3, 5));
        assertThat(world.instance().follow(turn.id(), here.get(1).id())).isEqualTo(here.subList(3, 5));
    }

    @Test
    void a_reader_at_another_instance_gets_the_end() throws Exception {
        Instance two = world.instance();
        var held = one.assistant.holds("Hello");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<TurnEvent>> followed = threads.submit(() -> two.follow(turn.id(), 0));

            held.goOn();

            assertThat(followed.get().getLast().id()).isEqualTo(2 * IDS_PER_STEP + 1);
        }
    }

    @Test
    void many_readers_cut_at_random_get_every_delta_once() throws Exception {
        long seed = new Random().nextLong();
        var held = one.assistant.holds("0 ");
        Turn turn = one.start(session, "Hi");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<List<TurnEvent>>>();
            for (int i = 0; i < 100; i++) {
                readers.add(threads.submit(cutAtRandom(turn, new Random(seed + i))));
            }
            String[] rest = LongStream.rangeClosed(1, 2_000).mapToObj(n -> n + " ").toArray(String[]::new);
            held.goOn(rest);

            for (Future<List<TurnEvent>> reader : readers) {
                List<TurnEvent> events = reader.get();
                assertThat(events).as("seed %d", seed).extracting(TurnEvent::id)
                        .containsExactlyElementsOf(LongStream.concat(LongStream.rangeClosed(0, 2_001),
                                LongStream.of(IDS_PER_STEP, IDS_PER_STEP + 1)).mapToObj(n -> IDS_PER_STEP + n)
                                .toList());
            }
        }
    }

    /** Reads some, goes away, and comes back with the last id it has seen. */
    private Callable<List<TurnEvent>> cutAtRandom(Turn turn, Random random) {
        return () -> {
            var read = new ArrayList<TurnEvent>();
            long last = 0;
            while (last == 0 || !(read.getLast() instanceof TurnEvent.Ended)) {
                List<TurnEvent> batch = one.events.after(ANN, turn.id(), last).events();
                List<TurnEvent> seen = batch.subList(0, random.nextInt(batch.size() + 1));
                read.addAll(seen);
                last = read.isEmpty() ? 0 : read.getLast().id();
                Thread.yield();
            }
            return read;
        };
    }

    @Test
    void code_points_stay_whole_and_characters_that_no_store_accepts_are_replaced() throws InterruptedException {
        one.assistant.says("a\uD83D", "\uDE00b", "\uD83D", "c", "\uDE00", "\u0000", "d\uD83D");

        Turn turn = one.finished(one.start(session, "Hi"));

        List<String> deltas = one.follow(turn.id(), 0).stream().filter(Delta.class::isInstance)
                .map(event -> ((Delta) event).text()).toList();
        assertThat(deltas).containsExactly("a", "\uD83D\uDE00b", "\uFFFDc", "\uFFFD", "\uFFFD", "d", "\uFFFD");
        assertThat(one.texts(session.conversationId()).getLast())
                .isEqualTo(deltas.stream().collect(Collectors.joining()));
    }

    @Test
    void the_log_is_retained_for_some_minutes_and_later_readers_get_the_committed_turn() throws InterruptedException {
        one.assistant.says("a", "b");
        Turn turn = one.finished(one.start(session, "Hi"));
        assertThat(one.runner.retainedBytes()).isPositive();

        world.pass(Duration.ofMinutes(5));
        one.runner.renewLeases();

        assertThat(one.runner.retainedBytes()).isZero();
        assertThat(one.follow(turn.id(), IDS_PER_STEP + 1)).hasSize(2);
    }

    @Test
    void a_removed_reply_is_left_out_of_the_committed_events() throws InterruptedException {
        one.assistant.says("a");
        Turn turn = one.finished(one.start(session, "Hi"));
        one.messages.truncate(ANN, session.conversationId(), turn.promptId(), NONE);

        assertThat(world.instance().follow(turn.id(), 0)).noneMatch(MessageCompleted.class::isInstance).hasSize(2);
    }

    @Test
    void the_committed_events_have_an_edited_reply_as_it_is_now() throws InterruptedException {
        one.assistant.says("a");
        Turn turn = one.finished(one.start(session, "Hi"));
        one.messages.edit(ANN, session.conversationId(), turn.replyId().orElseThrow(),
                new dev.confab.application.Messages.Edit(text -> "b", data -> data, any -> Metadata.EMPTY), NONE);

        assertThat(world.instance().follow(turn.id(), IDS_PER_STEP).getFirst()).isInstanceOfSatisfying(
                MessageCompleted.class, completed -> assertThat(completed.message().text()).isEqualTo("b"));
    }

    @Test
    void the_log_of_a_turn_is_dropped_with_its_conversation() {
        one.assistant.says("secret");
        Turn turn = one.finished(one.start(session, "Hi"));

        one.conversations.delete(ANN, session.conversationId(), NONE);

        await(() -> one.runner.retainedBytes() == 0);
        assertThatThrownBy(() -> one.events.after(ANN, turn.id(), 0)).isInstanceOf(TurnNotFound.class);
    }

    @Test
    void a_reader_of_a_turn_gets_its_end_when_its_conversation_is_deleted() throws InterruptedException {
        var held = one.assistant.holds("a");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        one.conversations.delete(ANN, session.conversationId(), NONE);

        await(() -> one.runner.running() == 0);
        List<TurnEvent> rest = one.follow(turn.id(), IDS_PER_STEP);
        assertThat(rest).singleElement().isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.turn().state()).isEqualTo(new TurnState.Cancelled()));
        assertThatThrownBy(() -> one.events.after(ANN, turn.id(), 0)).isInstanceOf(TurnNotFound.class);
    }

    @Test
    void the_end_of_a_turn_that_went_with_its_conversation_keeps_its_id_when_that_comes_back()
            throws InterruptedException {
        one.assistant.needs("Let me see", new ToolRequest("time", "{}"));
        var silent = one.assistant.holds();
        Turn turn = one.start(session, "Hi");
        silent.said.await();

        one.conversations.delete(ANN, session.conversationId(), NONE);
        TurnEvent end = one.follow(turn.id(), IDS_PER_STEP).getLast();
        one.conversations.restore(ANN, session.conversationId());

        assertThat(world.instance().follow(turn.id(), 0).getLast().id()).isEqualTo(end.id());
    }

    @Test
    void a_listener_that_fails_or_has_left_does_not_disturb_the_others() throws InterruptedException {
        var held = one.assistant.holds("a");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        one.events.watch(turn.id(), () -> {
            throw new IllegalStateException("a broken listener");
        });
        one.events.watch(turn.id(), () -> {
        }).close();

        held.goOn("b");

        assertThat(one.follow(turn.id(), 0)).hasSize(5);
    }
}
