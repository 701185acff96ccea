package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.key;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Conversations.Creation;
import dev.confab.application.Conversations.Fork;
import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ForkTest {
    private static final Edit EDIT = new Edit(text -> text + "!", UnaryOperator.identity(), UnaryOperator.identity());

    /** Runs before every window that is read, with how many were read before. */
    private volatile IntConsumer beforeWindow = windows -> {
    };
    private int windows;
    private final World world = new World(new ReferenceStore() {
        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            beforeWindow.accept(windows++);
            return super.read(id, window, now);
        }
    });

    private Fork fork(RequestedId id, MessageId last) {
        return new Fork(id, last, Optional.empty());
    }

    private Conversation longOne(int thousands) {
        Conversation made = world.started();
        for (int i = 0; i < thousands; i++) {
            world.messages.appendAll(ANN, made.id(), Collections.nCopies(1_000, message(MADE, "x")), NONE);
        }
        return world.conversations.get(ANN, made.id());
    }

    private MessageId idAt(Conversation conversation, int position) {
        return world.reference.transact(conversation.id(), tx -> tx.messageAt(position).orElseThrow().id());
    }

    @Test
    void a_fork_has_the_messages_up_to_and_including_the_one() {
        Conversation source = world.started("one", "two", "three");
        world.messages.edit(ANN, source.id(), idAt(source, 2), EDIT, NONE);
        Message second = world.all(source.id()).get(1);
        world.pass(Duration.ofMinutes(1));

        CreateResult<Conversation> made = world.conversations.fork(ANN, source.id(), fork(MADE, second.id()));

        assertThat(made.isNew()).isTrue();
        assertThat(made.value().version()).isEqualTo(Version.FIRST);
        assertThat(made.value().origin()).contains(new Origin(source.id(), second.id()));
        assertThat(made.value().title()).isEqualTo(source.title());
        assertThat(world.texts(made.value().id())).containsExactly("one", "two!");
        assertThat(world.all(made.value().id()).get(1).id()).isEqualTo(second.id());
        assertThat(world.all(made.value().id()).get(1).createdAt()).isEqualTo(second.createdAt());
    }

    @Test
    void a_fork_can_have_a_title_of_its_own() {
        Conversation source = world.started("one");

        var made = world.conversations.fork(ANN, source.id(),
                new Fork(MADE, idAt(source, 1), Optional.of(new Title("Mine"))));

        assertThat(made.value().title()).contains(new Title("Mine"));
    }

    @Test
    void a_fork_of_many_windows_is_whole() {
        Conversation source = longOne(3);

        var made = world.conversations.fork(ANN, source.id(), fork(MADE, idAt(source, 2_500)));

        assertThat(made.value().messageCount()).isEqualTo(2_500);
    }

    @Test
    void a_fork_goes_on_while_others_append() {
        Conversation source = longOne(3);
        beforeWindow = any -> world.messages.append(ANN, source.id(), message(MADE, "meanwhile"), NONE);

        var made = world.conversations.fork(ANN, source.id(), fork(MADE, idAt(source, 3_000)));

        assertThat(made.value().messageCount()).isEqualTo(3_000);
    }

    @Test
    void a_fork_starts_anew_when_a_message_was_edited_between_windows() {
        Conversation source = longOne(3);
        beforeWindow = window -> {
            if (window == 1) {
                world.messages.edit(ANN, source.id(), idAt(source, 1), EDIT, NONE);
                world.messages.edit(ANN, source.id(), idAt(source, 2_000), EDIT, NONE);
            }
        };

        var made = world.conversations.fork(ANN, source.id(), fork(MADE, idAt(source, 3_000)));

        List<String> texts = world.reference.transact(made.value().id(),
                tx -> List.of(tx.messageAt(1).orElseThrow().text(), tx.messageAt(2_000).orElseThrow().text()));
        assertThat(texts).containsExactly("x!", "x!");
    }

    @Test
    void a_fork_whose_message_was_truncated_between_windows_finds_it_no_more() {
        Conversation source = longOne(2);
        MessageId last = idAt(source, 2_000);
        beforeWindow = window -> {
            if (window == 1) {
                world.messages.truncate(ANN, source.id(), idAt(source, 1_500), NONE);
                world.messages.appendAll(ANN, source.id(), Collections.nCopies(600, message(MADE, "y")), NONE);
            }
        };

        assertThatThrownBy(() -> world.conversations.fork(ANN, source.id(), fork(MADE, last)))
                .isInstanceOf(MessageNotFound.class);
    }

    @Test
    void a_fork_fails_when_its_source_changes_during_each_attempt() {
        Conversation source = longOne(2);
        beforeWindow = window -> world.messages.edit(ANN, source.id(), idAt(source, 1_500), EDIT, NONE);

        assertThatThrownBy(() -> world.conversations.fork(ANN, source.id(), fork(given(1), idAt(source, 2_000))))
                .isInstanceOf(LockTimeout.class);
    }

    @Test
    void a_fork_does_not_copy_messages_of_another_owner_who_took_the_id_meanwhile() {
        Conversation source = world.conversations.create(ANN, one(ANN)).value();
        MessageId last = idAt(source, 1);
        beforeWindow = window -> {
            if (window == 0) {
                world.conversations.delete(ANN, source.id(), NONE);
                world.conversations.purge(ANN, source.id());
                world.conversations.create(BEN, one(BEN));
            }
        };

        assertThatThrownBy(() -> world.conversations.fork(ANN, source.id(), fork(MADE, last)))
                .isInstanceOf(ConversationNotFound.class);
    }

    private static Creation one(OwnerId owner) {
        return new Creation(given(1), Optional.of(new Title("Of " + owner)), Metadata.EMPTY,
                List.of(message(given(2), "one")));
    }

    @Test
    void a_fork_from_a_message_that_is_not_there_is_refused() {
        Conversation source = world.started("one");

        assertThatThrownBy(
                () -> world.conversations.fork(ANN, source.id(), fork(MADE, new MessageId(new UUID(1, 2)))))
                .isInstanceOf(MessageNotFound.class);
    }

    @Test
    void a_fork_may_have_more_messages_than_one_transaction() {
        Conversation source = longOne(10);
        world.messages.append(ANN, source.id(), message(MADE, "one more"), NONE);

        for (int length : new int[]{10_000, 10_001}) {
            var made = world.conversations.fork(ANN, source.id(), fork(MADE, idAt(source, length)));
            assertThat(made.isNew()).isTrue();
            assertThat(made.value().messageCount()).isEqualTo(length);
        }
    }

    @Test
    void a_fork_may_have_more_bytes_than_one_transaction() {
        Conversation source = world.started();
        String mebibyte = "x".repeat(Message.MAX_TEXT_BYTES);
        for (int i = 0; i < 33; i++) {
            world.messages.append(ANN, source.id(),
                    new NewMessage(MADE, Role.USER, mebibyte, Optional.empty(), Metadata.EMPTY), NONE);
        }

        for (int length : new int[]{31, 33}) {
            assertThat(world.conversations.fork(ANN, source.id(), fork(MADE, idAt(source, length))).value()
                    .messageCount()).isEqualTo(length);
        }
    }

    @Test
    void a_repeated_fork_returns_the_first_one_even_if_the_source_has_changed_or_gone_S10() {
        for (RequestedId id : List.of(given(1), key("k"))) {
            Conversation source = world.started("one", "two");
            Fork request = fork(id, idAt(source, 2));
            var first = world.conversations.fork(ANN, source.id(), request);
            world.messages.clear(ANN, source.id(), NONE);
            assertThat(world.conversations.fork(ANN, source.id(), request))
                    .isEqualTo(new CreateResult<>(first.value(), false));
            world.conversations.delete(ANN, source.id(), NONE);
            assertThat(world.conversations.fork(ANN, source.id(), request))
                    .isEqualTo(new CreateResult<>(first.value(), false));
            world.conversations.delete(ANN, first.value().id(), NONE);
            assertThatThrownBy(() -> world.conversations.fork(ANN, source.id(), request))
                    .isInstanceOf(ConversationInBin.class);
        }
    }

    @Test
    void another_fork_or_a_create_with_a_known_id_is_refused_S10() {
        Conversation source = world.started("one", "two");
        world.conversations.fork(ANN, source.id(), fork(given(1), idAt(source, 2)));

        List<Runnable> others = List.of(
                () -> world.conversations.fork(ANN, source.id(), fork(given(1), idAt(source, 1))),
                () -> world.conversations.fork(ANN, source.id(),
                        new Fork(given(1), idAt(source, 2), Optional.of(new Title("Other")))),
                () -> world.conversations.create(ANN,
                        new Creation(given(1), source.title(), Metadata.EMPTY, List.of())));
        others.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationIdReused.class));
    }
}
