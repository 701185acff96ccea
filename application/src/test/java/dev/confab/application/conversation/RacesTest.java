package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.at;
import static dev.confab.application.conversation.World.creation;
import static dev.confab.application.conversation.World.key;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.Conversations.Fork;
import dev.confab.application.CreateResult;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.VersionConflict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RacesTest {
    private static final int THREADS = 32;

    private final World world = new World();

    @RepeatedTest(20)
    void of_many_creates_with_one_key_one_makes_it_and_all_get_it_S10() throws Exception {
        List<Object> outcomes = race(() -> world.conversations.create(ANN, creation(key("k"), "Trip", "a", "b")));

        assertThat(outcomes).filteredOn(outcome -> ((CreateResult<?>) outcome).isNew()).hasSize(1);
        assertThat(outcomes).extracting(outcome -> ((Conversation) ((CreateResult<?>) outcome).value()).id())
                .containsOnly(((Conversation) ((CreateResult<?>) outcomes.getFirst()).value()).id());
    }

    @RepeatedTest(20)
    void of_many_forks_with_one_key_one_makes_it_S10() throws Exception {
        Conversation source = world.started("a", "b");
        var request = new Fork(key("k"), world.idAt(source, 2), Optional.empty());

        List<Object> outcomes = race(() -> world.conversations.fork(ANN, source.id(), request));

        assertThat(outcomes).filteredOn(outcome -> ((CreateResult<?>) outcome).isNew()).hasSize(1);
    }

    @RepeatedTest(20)
    void of_many_appends_with_one_key_one_is_new_and_the_others_its_repeats_S10() throws Exception {
        Conversation conversation = world.started();

        race(() -> world.messages.append(ANN, conversation.id(), message(key("k"), "once"), at(1)));

        assertThat(world.texts(conversation.id())).containsExactly("once");
    }

    @RepeatedTest(20)
    void of_many_appends_that_expect_the_same_version_one_is_made_S7() throws Exception {
        Conversation conversation = world.started();

        List<Object> outcomes = race(
                () -> world.messages.append(ANN, conversation.id(), message(MADE, "mine"), at(1)));

        assertThat(outcomes).filteredOn(outcome -> outcome instanceof VersionConflict).hasSize(THREADS - 1);
        assertThat(world.texts(conversation.id())).containsExactly("mine");
    }

    @RepeatedTest(20)
    void appends_without_a_precondition_all_land_S3() throws Exception {
        Conversation conversation = world.started();

        race(() -> world.messages.append(ANN, conversation.id(), message(MADE, "mine"), NONE));

        assertThat(world.all(conversation.id())).extracting(Message::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS).boxed().toList());
    }

    @RepeatedTest(50)
    void an_append_that_races_a_delete_is_before_it_or_refused_S13() throws Exception {
        Conversation conversation = world.started();
        var calls = new ArrayList<Callable<Object>>();
        calls.add(() -> world.conversations.delete(ANN, conversation.id(), NONE));
        for (int i = 0; i < 4; i++) {
            calls.add(() -> world.messages.append(ANN, conversation.id(), message(MADE, "mine"), NONE));
        }

        List<Object> outcomes = race(calls);

        long refused = outcomes.stream().filter(ConversationNotFound.class::isInstance).count();
        Conversation restored = world.conversations.restore(ANN, conversation.id());
        assertThat(restored.messageCount()).isEqualTo((int) (4 - refused));
        Conversation deleted = (Conversation) outcomes.getFirst();
        assertThat(deleted.messageCount()).isEqualTo(restored.messageCount());
    }

    @RepeatedTest(50)
    void a_restore_that_races_the_purge_of_the_expired_wins_or_finds_nothing() throws Exception {
        Conversation conversation = world.started("kept");
        world.conversations.delete(ANN, conversation.id(), NONE);
        world.pass(Duration.ofDays(31));

        List<Object> outcomes = race(List.of(() -> world.conversations.restore(ANN, conversation.id()),
                () -> world.conversations.purgeBin(Duration.ofDays(30))));

        boolean restored = outcomes.getFirst() instanceof Conversation;
        assertThat(outcomes.getLast()).isEqualTo(restored ? 0 : 1);
        assertThat(world.reference.find(conversation.id(), world.now).isPresent()).isEqualTo(restored);
    }

    @RepeatedTest(5)
    void purges_of_the_expired_at_once_share_it_and_leave_nothing() throws Exception {
        for (int i = 0; i < 250; i++) {
            world.conversations.delete(ANN, world.started().id(), NONE);
        }
        world.pass(Duration.ofDays(31));

        List<Object> purged = race(() -> world.conversations.purgeBin(Duration.ofDays(30)));

        assertThat(purged.stream().mapToInt(Integer.class::cast).sum()).isEqualTo(250);
        assertThat(world.reference.deletedBefore(world.now, 1)).isEmpty();
    }

    private List<Object> race(Callable<?> call) throws Exception {
        return race(IntStream.range(0, THREADS).<Callable<?>>mapToObj(i -> call).toList());
    }

    /** Starts all at once; a refusal by the domain is an outcome, anything else fails the test. */
    private static List<Object> race(List<? extends Callable<?>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Object>>();
            for (Callable<?> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            var outcomes = new ArrayList<>();
            for (Future<Object> future : running) {
                outcomes.add(outcome(future));
            }
            return outcomes;
        }
    }

    private static Object outcome(Future<Object> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConversationException refusal) {
                return refusal;
            }
            throw e;
        }
    }
}
