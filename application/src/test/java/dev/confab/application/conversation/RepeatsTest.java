package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.at;
import static dev.confab.application.conversation.World.creation;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.key;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Conversations.Change;
import dev.confab.application.Conversations.Creation;
import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Messages.NewMessage;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final World world = new World();
    private final Conversation conversation = world.started();

    @Test
    void the_same_append_gives_the_first_message_and_records_nothing_S10() {
        var first = world.messages.append(ANN, conversation.id(), message(given(1), "hello"), NONE);
        world.messages.append(ANN, conversation.id(), message(MADE, "later"), NONE);

        var again = world.messages.append(ANN, conversation.id(), message(given(1), "hello"), NONE);

        assertThat(first.isNew()).isTrue();
        assertThat(again.isNew()).isFalse();
        assertThat(again.value()).isEqualTo(first.value());
        assertThat(again.conversationVersion()).isEqualTo(new Version(3));
        assertThat(world.texts(conversation.id())).containsExactly("hello", "later");
    }

    @Test
    void the_same_append_after_an_edit_gives_the_edited_message_S10() {
        var first = world.messages.append(ANN, conversation.id(), message(key("k"), "hello"), NONE);
        var edited = world.messages.edit(ANN, conversation.id(), first.value().id(),
                new Edit(text -> "changed", UnaryOperator.identity(), UnaryOperator.identity()), NONE);

        var again = world.messages.append(ANN, conversation.id(), message(key("k"), "hello"), NONE);

        assertThat(again.isNew()).isFalse();
        assertThat(again.value()).isEqualTo(edited.value());
    }

    @Test
    void a_repeat_is_recognised_before_the_precondition_is_checked_S10() {
        var first = world.messages.append(ANN, conversation.id(), message(given(1), "hello"), at(1));

        var again = world.messages.append(ANN, conversation.id(), message(given(1), "hello"), at(1));

        assertThat(again.value()).isEqualTo(first.value());
    }

    @Test
    void another_draft_with_a_known_id_or_key_is_refused_S10() {
        world.messages.append(ANN, conversation.id(), message(given(1), "hello"), NONE);
        world.messages.append(ANN, conversation.id(), message(key("k"), "hello"), NONE);

        assertThatThrownBy(() -> world.messages.append(ANN, conversation.id(), message(given(1), "other"), at(1)))
                .isInstanceOf(MessageIdReused.class);
        assertThatThrownBy(() -> world.messages.append(ANN, conversation.id(), message(key("k"), "other"), NONE))
                .isInstanceOf(MessageIdReused.class);
    }

    @Test
    void a_truncated_id_may_be_used_again_S10() {
        world.messages.append(ANN, conversation.id(), message(given(1), "hello"), NONE);
        world.messages.clear(ANN, conversation.id(), NONE);

        assertThat(world.messages.append(ANN, conversation.id(), message(given(1), "other"), NONE).isNew()).isTrue();
    }

    @Test
    void a_key_means_another_message_in_another_conversation_S10() {
        var here = world.messages.append(ANN, conversation.id(), message(key("k"), "hello"), NONE);
        var there = world.messages.append(ANN, world.started().id(), message(key("k"), "other"), NONE);

        assertThat(there.isNew()).isTrue();
        assertThat(there.value().id()).isNotEqualTo(here.value().id());
    }

    @Test
    void a_key_is_of_1_to_255_characters() {
        for (String bad : List.of("", "x".repeat(256))) {
            assertThatThrownBy(() -> world.messages.append(ANN, conversation.id(), message(key(bad), "x"), NONE))
                    .isInstanceOf(InvalidValue.class);
        }
        world.messages.append(ANN, conversation.id(), message(key("x".repeat(255)), "x"), NONE);
    }

    @Test
    void the_same_batch_gives_the_first_messages_S10() {
        var batch = List.of(message(given(1), "a"), message(key("b"), "b"), message(given(3), "c"));
        var first = world.messages.appendAll(ANN, conversation.id(), batch, NONE);
        world.messages.append(ANN, conversation.id(), message(MADE, "later"), NONE);

        var again = world.messages.appendAll(ANN, conversation.id(), batch, at(1));

        assertThat(first.isNew()).isTrue();
        assertThat(first.conversationVersion()).isEqualTo(new Version(4));
        assertThat(again.isNew()).isFalse();
        assertThat(again.value()).isEqualTo(first.value());
    }

    @Test
    void a_batch_known_in_part_or_in_another_order_or_apart_is_refused_whole_S10() {
        NewMessage a = message(given(1), "a");
        NewMessage b = message(given(2), "b");
        NewMessage c = message(given(3), "c");
        world.messages.appendAll(ANN, conversation.id(), List.of(a, b, c), NONE);

        List<List<NewMessage>> refused = List.of(List.of(a, message(given(4), "new")),
                List.of(message(MADE, "new"), a), List.of(b, a), List.of(a, c), List.of(a, message(given(2), "x")));

        for (var batch : refused) {
            assertThatThrownBy(() -> world.messages.appendAll(ANN, conversation.id(), batch, NONE))
                    .isInstanceOf(MessageIdReused.class);
        }
        assertThat(world.texts(conversation.id())).containsExactly("a", "b", "c");
    }

    @Test
    void a_batch_names_each_id_once_and_is_not_empty() {
        assertThatThrownBy(() -> world.messages.appendAll(ANN, conversation.id(),
                List.of(message(key("k"), "a"), message(key("k"), "a")), NONE)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> world.messages.appendAll(ANN, conversation.id(), List.of(), NONE))
                .isInstanceOf(InvalidValue.class);
        assertThat(world.texts(conversation.id())).isEmpty();
    }

    @Test
    void the_same_create_gives_the_conversation_as_it_is_now_S10() {
        for (var id : List.of(given(1), key("k"))) {
            Conversation first = world.conversations.create(ANN, creation(id, "Trip", "a")).value();
            Conversation renamed = world.conversations.change(ANN, first.id(),
                    new Change(title -> Optional.of(new Title("Renamed")), UnaryOperator.identity()), NONE);

            assertThat(world.conversations.create(ANN, creation(id, "Trip", "a")))
                    .isEqualTo(new CreateResult<>(renamed, false));
        }
    }

    @Test
    void a_create_with_the_id_of_a_conversation_in_the_bin_is_rejected_with_that_reason() {
        Conversation first = world.conversations.create(ANN, creation(given(1), "Trip", "a")).value();
        world.conversations.delete(ANN, first.id(), NONE);

        for (Creation request : List.of(creation(given(1), "Trip", "a"), creation(given(1), "Other"))) {
            assertThatThrownBy(() -> world.conversations.create(ANN, request))
                    .isInstanceOfSatisfying(ConversationInBin.class,
                            e -> assertThat(e.conversationId()).isEqualTo(first.id()));
            assertThatThrownBy(() -> world.conversations.create(BEN, request))
                    .isInstanceOf(ConversationIdReused.class);
        }
        world.conversations.restore(ANN, first.id());
        assertThat(world.conversations.create(ANN, creation(given(1), "Trip", "a")).isNew()).isFalse();
    }

    @Test
    void another_create_with_a_known_id_is_refused_S10() {
        var first = new Creation(given(1), Optional.empty(), Metadata.EMPTY, List.of(message(given(7), "a")));
        world.conversations.create(ANN, first);

        List<Creation> others = List.of(creation(given(1), "Trip"),
                new Creation(given(1), Optional.empty(), Metadata.EMPTY, List.of()),
                new Creation(given(1), Optional.empty(), Metadata.EMPTY, List.of(message(given(8), "a"))),
                new Creation(given(1), Optional.empty(), Metadata.EMPTY, List.of(message(MADE, "a"))),
                new Creation(given(1), Optional.empty(), Metadata.EMPTY, List.of(message(given(7), "b"))));

        for (Creation other : others) {
            assertThatThrownBy(() -> world.conversations.create(ANN, other)).isInstanceOf(ConversationIdReused.class);
        }
        assertThat(world.conversations.create(ANN, first).isNew()).isFalse();
    }

    @Test
    void a_create_without_an_id_is_always_new() {
        assertThat(world.conversations.create(ANN, creation(MADE, "Trip")).isNew()).isTrue();
        assertThat(world.conversations.create(ANN, creation(MADE, "Trip")).isNew()).isTrue();
    }

    @Test
    void a_purged_id_may_be_used_again() {
        Conversation first = world.conversations.create(ANN, creation(given(1), "Trip")).value();
        world.conversations.delete(ANN, first.id(), NONE);
        world.conversations.purge(ANN, first.id());

        assertThat(world.conversations.create(ANN, creation(given(1), "Other")).isNew()).isTrue();
    }
}
