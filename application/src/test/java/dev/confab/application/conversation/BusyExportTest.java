package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Messages.Edit;
import dev.confab.application.RequestedId;
import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Exports of a conversation that changes meanwhile. */
class BusyExportTest {
    private static final Edit EDIT = new Edit(text -> text + "!", UnaryOperator.identity(), UnaryOperator.identity());

    @Test
    void an_export_is_of_one_version_while_others_append() {
        var busy = new Busy();
        Conversation head = busy.longOne();
        busy.beforeLaterWindow = () -> busy.world.messages.append(ANN, head.id(), message(MADE, "meanwhile"), NONE);

        Collected collected = Collected.of(busy.world, ANN, head.id());

        assertThat(collected.heads).containsExactly(head);
        assertThat(collected.messages).hasSize(3_000).allMatch(message -> message.text().equals("x"));
    }

    @Test
    void an_export_breaks_off_when_its_remaining_messages_change() {
        var busy = new Busy();
        Conversation head = busy.longOne();
        List<Runnable> changes = List.of(() -> busy.world.messages.edit(ANN, head.id(), busy.last(), EDIT, NONE),
                () -> busy.world.messages.truncate(ANN, head.id(), busy.world.idAt(head, 900), NONE),
                () -> busy.world.messages.clear(ANN, head.id(), NONE));

        for (Runnable change : changes) {
            busy.beforeLaterWindow = change;
            assertThatThrownBy(() -> Collected.of(busy.world, ANN, head.id())).isInstanceOf(ChangedMeanwhile.class);
            busy.beforeLaterWindow = () -> {
            };
            busy.refill(head.id());
        }
    }

    @Test
    void an_export_breaks_off_when_the_conversation_was_purged_and_created_again() {
        var busy = new Busy();
        Conversation head = busy.longOne();
        busy.beforeLaterWindow = () -> {
            busy.beforeLaterWindow = () -> {
            };
            busy.world.pass(Duration.ofMillis(1));
            busy.world.conversations.delete(ANN, head.id(), NONE);
            busy.world.conversations.purge(ANN, head.id());
            busy.world.conversations.create(ANN, World.creation(new RequestedId.Given(head.id().value()), "Again"));
            busy.fill(head.id());
        };

        assertThatThrownBy(() -> Collected.of(busy.world, ANN, head.id())).isInstanceOf(ChangedMeanwhile.class);
        assertThat(busy.world.conversations.get(ANN, head.id()).version()).isEqualTo(head.version());
    }

    /** A world in which something happens between the windows of an export. */
    private static final class Busy {
        private volatile Runnable beforeLaterWindow = () -> {
        };
        private volatile ConversationId id = new ConversationId(new UUID(0, 0));
        private final World world = new World(new ReferenceStore() {
            @Override
            public ConversationWindow read(ConversationId read, Window window, Instant now) {
                if (window.after() > 0) {
                    beforeLaterWindow.run();
                }
                return super.read(read, window, now);
            }
        });

        Conversation longOne() {
            id = world.started().id();
            refill(id);
            return world.conversations.get(ANN, id);
        }

        void refill(ConversationId refilled) {
            world.messages.clear(ANN, refilled, NONE);
            fill(refilled);
        }

        void fill(ConversationId filled) {
            for (int i = 0; i < 3; i++) {
                world.messages.appendAll(ANN, filled, Collections.nCopies(1_000, message(MADE, "x")), NONE);
            }
        }

        MessageId last() {
            return world.reference.read(id, Window.last(1), world.now).messages().getFirst().id();
        }
    }
}
