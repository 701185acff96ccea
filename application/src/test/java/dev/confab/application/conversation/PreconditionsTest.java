package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.at;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Conversations.Change;
import dev.confab.application.Messages.Edit;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreconditionsTest {
    private static final Edit EDIT = new Edit(text -> text + "!", UnaryOperator.identity(), UnaryOperator.identity());
    private static final Change RENAME = new Change(old -> Optional.of(new Title("New")), UnaryOperator.identity());

    private final World world = new World();
    private final Conversation old = world.started("one", "two");

    /** A write of Ann's under a precondition on the conversation. */
    record Write(String name, Attempt attempt) {
        interface Attempt {
            void with(World world, Conversation conversation, Precondition precondition);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Write> writes() {
        return Stream.of(new Write("append", (w, c, p) -> w.messages.append(ANN, c.id(), message(MADE, "x"), p)),
                new Write("truncate", (w, c, p) -> w.messages.truncate(ANN, c.id(), w.idAt(c, 1), p)),
                new Write("clear", (w, c, p) -> w.messages.clear(ANN, c.id(), p)),
                new Write("change", (w, c, p) -> w.conversations.change(ANN, c.id(), RENAME, p)),
                new Write("delete", (w, c, p) -> w.conversations.delete(ANN, c.id(), p)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_write_that_expects_another_version_gets_the_current_one_S7(Write write) {
        for (Precondition stale : Set.of(at(2), at(4), new Precondition.OneOf(Set.of()))) {
            assertThatThrownBy(() -> write.attempt().with(world, old, stale)).isInstanceOfSatisfying(
                    VersionConflict.class, e -> assertThat(e.current()).isEqualTo(new Version(3)));
        }
        assertThat(world.conversations.get(ANN, old.id())).isEqualTo(old);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_write_that_expects_one_of_several_versions_is_made_when_one_holds_S7(Write write) {
        write.attempt().with(world, old, new Precondition.OneOf(Set.of(new Version(9), new Version(3))));

        assertThat(headAfter().version()).isEqualTo(new Version(4));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_write_without_a_precondition_is_never_late_S7(Write write) {
        world.messages.append(ANN, old.id(), message(MADE, "meanwhile"), NONE);

        write.attempt().with(world, old, NONE);

        assertThat(headAfter().version()).isEqualTo(new Version(5));
    }

    private Conversation headAfter() {
        return world.reference.transact(old.id(), tx -> tx.find().orElseThrow());
    }

    @Test
    void an_edit_expects_the_messages_own_version_S7() {
        MessageId first = world.idAt(old, 1);

        var edited = world.messages.edit(ANN, old.id(), first, EDIT, at(2));

        assertThat(edited.value().text()).isEqualTo("one!");
        assertThat(edited.conversationVersion()).isEqualTo(new Version(4));
        assertThatThrownBy(() -> world.messages.edit(ANN, old.id(), first, EDIT, at(2))).isInstanceOfSatisfying(
                VersionConflict.class, e -> assertThat(e.current()).isEqualTo(new Version(4)));
    }

    @Test
    void an_edit_that_changes_nothing_leaves_the_version() {
        var same = new Edit(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());

        var written = world.messages.edit(ANN, old.id(), world.idAt(old, 1), same, NONE);

        assertThat(written.isNew()).isFalse();
        assertThat(written.conversationVersion()).isEqualTo(old.version());
    }

    @Test
    void a_missing_message_is_reported_before_the_version() {
        var nowhere = new MessageId(new UUID(1, 2));
        Consumer<Runnable> refused = call -> assertThatThrownBy(call::run).isInstanceOf(MessageNotFound.class);

        refused.accept(() -> world.messages.edit(ANN, old.id(), nowhere, EDIT, at(99)));
        refused.accept(() -> world.messages.truncate(ANN, old.id(), nowhere, at(99)));
        refused.accept(() -> world.messages.read(ANN, old.id(), nowhere));
    }

    @Test
    void truncate_keeps_up_to_and_including_the_message_and_clear_keeps_none() {
        Conversation truncated = world.messages.truncate(ANN, old.id(), world.idAt(old, 1), NONE);
        assertThat(truncated.messageCount()).isEqualTo(1);
        assertThat(world.texts(old.id())).containsExactly("one");
        assertThat(world.messages.truncate(ANN, old.id(), world.idAt(old, 1), NONE)).isEqualTo(truncated);

        Conversation cleared = world.messages.clear(ANN, old.id(), NONE);
        assertThat(cleared.messageCount()).isZero();
        assertThat(world.messages.clear(ANN, old.id(), NONE)).isEqualTo(cleared);
    }

    @Test
    void a_repeated_delete_is_not_held_to_the_version_from_before_it() {
        Conversation deleted = world.conversations.delete(ANN, old.id(), at(3)).orElseThrow();

        assertThat(world.conversations.delete(ANN, old.id(), at(3))).contains(deleted);
    }
}
