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
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RacesTest {
    private static final int THREADS = 32;

    private final World world = new World();

    @RepeatedTest(20)
    void of_many_creates_with_one_key_exactly_one_creates_and_all_return_the_same_conversation_S10() throws Exception {
        List<Object> outcomes = race(() -> world.conversations.create(ANN, creation(key("k"), "Trip", "a", "b")));

        assertThat(outcomes).filteredOn(outcome -> ((CreateResult<?>) outcome).isNew()).hasSize(1);
        assertThat(outcomes).extracting(outcome -> ((Conversation) ((CreateResult<?>) outcome).value()).id())
                .containsOnly(((Conversation) ((CreateResult<?>) outcomes.getFirst()).value()).id());
    }

    @RepeatedTest(20)
    void of_many_forks_with_one_key_exactly_one_is_new_S10() throws Exception {
        Conversation source = world.started("a", "b");
        var request = new Fork(key("k"), world.idAt(source, 2), Optional.empty());

        List<Object> outcomes = race(() -> world.conversations.fork(ANN, source.id(), request));

        assertThat(outcomes).filteredOn(outcome -> ((CreateResult<?>) outcome).isNew()).hasSize(1);
    }

    @RepeatedTest(20)
    void of_many_appends_with_one_key_exactly_one_appends_a_message_S10() throws Exception {
        Conversation conversation = world.started();

        race(() -> world.messages.append(ANN, conversation.id(), message(key("k"), "once"), at(1)));

        assertThat(world.texts(conversation.id())).containsExactly("once");
    }

    @RepeatedTest(20)
    void of_many_appends_that_expect_the_same_version_exactly_one_succeeds_S7() throws Exception {
        Conversation conversation = world.started();

        List<Object> outcomes = race(
                () -> world.messages.append(ANN, conversation.id(), message(MADE, "mine"), at(1)));

        assertThat(outcomes).filteredOn(outcome -> outcome instanceof VersionConflict).hasSize(THREADS - 1);
        assertThat(world.texts(conversation.id())).containsExactly("mine");
    }

    @RepeatedTest(20)
    void concurrent_appends_without_a_precondition_all_succeed_S3() throws Exception {
        Conversation conversation = world.started();

        race(() -> world.messages.append(ANN, conversation.id(), message(MADE, "mine"), NONE));

        assertThat(world.all(conversation.id())).extracting(Message::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS).boxed().toList());
    }

    @RepeatedTest(50)
    void an_append_that_races_a_delete_comes_before_it_or_fails_S13() throws Exception {
        Conversation conversation = world.started();
        var calls = new ArrayList<Callable<Object>>();
        calls.add(() -> world.conversations.delete(ANN, conversation.id(), NONE).orElseThrow());
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
    void a_restore_that_races_the_purge_of_the_bin_wins_or_finds_nothing() throws Exception {
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
    void concurrent_purges_of_the_bin_purge_each_conversation_once() throws Exception {
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

    private static List<Object> race(List<? extends Callable<?>> calls) throws Exception {
        return Race.of(calls, ConversationException.class);
    }
}
