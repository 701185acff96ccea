package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.RequestedId;
import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TransferServiceTest {
    private static final Edit EDIT = new Edit(text -> text + "!", UnaryOperator.identity(), UnaryOperator.identity());

    private final World world = new World();

    /** An edited, truncated, renamed conversation: whatever its versions came to, an import keeps them. */
    private Conversation lived() {
        Conversation made = world.started("one", "two", "three");
        world.messages.edit(ANN, made.id(), world.idAt(made, 1), EDIT, NONE);
        return world.messages.truncate(ANN, made.id(), world.idAt(made, 2), NONE);
    }

    @Test
    void an_export_is_the_head_and_then_every_message() {
        Conversation head = lived();

        Collected collected = Collected.of(world, ANN, head.id());

        assertThat(collected.heads).containsExactly(head);
        assertThat(collected.messages).isEqualTo(world.all(head.id()));
        assertThat(Collected.of(world, ANN, world.started().id()).messages).isEmpty();
    }

    @Test
    void an_import_elsewhere_keeps_ids_versions_and_times() {
        Conversation head = lived();
        Imported imported = Collected.of(world, ANN, head.id()).imported();
        var elsewhere = new World();

        CreateResult<Conversation> made = elsewhere.transfer.importConversation(BEN, imported, OnConflict.REFUSE);

        assertThat(made.isNew()).isTrue();
        assertThat(made.value().version()).isEqualTo(head.version());
        assertThat(made.value().createdAt()).isEqualTo(head.createdAt());
        assertThat(made.value().updatedAt()).isEqualTo(head.updatedAt());
        assertThat(Collected.of(elsewhere, BEN, head.id()).imported()).isEqualTo(imported);
    }

    @Test
    void the_same_import_gives_the_conversation_as_it_is_now_S10() {
        Imported imported = Collected.of(world, ANN, lived().id()).imported();
        var elsewhere = new World();
        elsewhere.transfer.importConversation(ANN, imported, OnConflict.REFUSE);
        elsewhere.messages.append(ANN, imported.id(), message(MADE, "since"), NONE);
        Conversation now = elsewhere.conversations.get(ANN, imported.id());

        assertThat(elsewhere.transfer.importConversation(ANN, imported, OnConflict.REFUSE))
                .isEqualTo(new CreateResult<>(now, false));
        assertThat(elsewhere.transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                .isEqualTo(new CreateResult<>(now, false));
    }

    @Test
    void an_import_over_the_bin_is_rejected_and_takes_a_new_id_when_asked() {
        Conversation head = lived();
        Imported imported = Collected.of(world, ANN, head.id()).imported();
        world.conversations.delete(ANN, head.id(), NONE);

        assertThatThrownBy(() -> world.transfer.importConversation(ANN, imported, OnConflict.REFUSE))
                .isInstanceOf(ConversationInBin.class);
        CreateResult<Conversation> other = world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID);
        assertThat(other.isNew()).isTrue();
        assertThat(world.conversations.get(ANN, other.value().id())).isEqualTo(other.value());
        assertThat(world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                .isEqualTo(new CreateResult<>(other.value(), false));

        world.conversations.delete(ANN, other.value().id(), NONE);
        CreateResult<Conversation> third = world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID);
        assertThat(third.isNew()).isTrue();
        assertThat(third.value().id()).isNotIn(head.id(), other.value().id());
        assertThat(world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                .isEqualTo(new CreateResult<>(third.value(), false));
    }

    @Test
    void a_repeated_import_whose_result_is_in_the_bin_is_rejected_and_takes_a_new_id_when_asked() {
        Imported imported = Collected.of(world, ANN, lived().id()).imported();
        var elsewhere = new World();
        elsewhere.transfer.importConversation(ANN, imported, OnConflict.REFUSE);
        elsewhere.conversations.delete(ANN, imported.id(), NONE);

        assertThatThrownBy(() -> elsewhere.transfer.importConversation(ANN, imported, OnConflict.REFUSE))
                .isInstanceOf(ConversationInBin.class);
        assertThat(elsewhere.transfer.importConversation(ANN, imported, OnConflict.NEW_ID).isNew()).isTrue();
        elsewhere.conversations.purge(ANN, imported.id());
        assertThat(elsewhere.transfer.importConversation(ANN, imported, OnConflict.REFUSE).isNew()).isTrue();
    }

    @Test
    void an_import_of_an_unchanged_conversation_is_no_conflict() {
        Conversation head = lived();
        Imported imported = Collected.of(world, ANN, head.id()).imported();

        assertThat(world.transfer.importConversation(ANN, imported, OnConflict.REFUSE))
                .isEqualTo(new CreateResult<>(head, false));
        assertThat(world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                .isEqualTo(new CreateResult<>(head, false));
    }

    @Test
    void an_import_over_other_content_is_refused_S10() {
        Conversation head = lived();
        Imported imported = Collected.of(world, ANN, head.id()).imported();
        world.messages.append(ANN, head.id(), message(MADE, "since"), NONE);

        assertThatThrownBy(() -> world.transfer.importConversation(ANN, imported, OnConflict.REFUSE))
                .isInstanceOf(ConversationIdReused.class);
    }

    @Test
    void an_import_with_one_other_word_is_other_content_S10() {
        Conversation head = lived();
        Imported whole = Collected.of(world, ANN, head.id()).imported();
        Message last = messages(whole).getLast();
        var other = new Message(last.id(), last.position(), last.role(), "other", last.data(), last.metadata(),
                last.createdAt(), last.editedAt(), last.version(), last.digest());

        assertThatThrownBy(() -> world.transfer.importConversation(ANN,
                with(whole, whole.version(), List.of(messages(whole).getFirst(), other)), OnConflict.REFUSE))
                .isInstanceOf(ConversationIdReused.class);
    }

    @Test
    void an_import_that_differs_only_in_the_time_of_an_edit_is_other_content_S10() {
        Imported whole = Collected.of(world, ANN, lived().id()).imported();
        Message edited = messages(whole).getFirst();
        var later = new Message(edited.id(), edited.position(), edited.role(), edited.text(), edited.data(),
                edited.metadata(), edited.createdAt(), edited.editedAt().map(at -> at.plusMillis(1)), edited.version(),
                edited.digest());
        assertThat(edited.editedAt()).isPresent();
        var elsewhere = new World();
        elsewhere.transfer.importConversation(ANN, whole, OnConflict.REFUSE);

        assertThatThrownBy(() -> elsewhere.transfer.importConversation(ANN,
                with(whole, whole.version(), List.of(later, messages(whole).getLast())), OnConflict.REFUSE))
                .isInstanceOf(ConversationIdReused.class);
    }

    @Test
    void an_import_over_other_content_takes_a_new_id_when_asked_and_the_same_one_again_S10() {
        Conversation head = lived();
        Imported imported = Collected.of(world, ANN, head.id()).imported();
        world.messages.append(ANN, head.id(), message(MADE, "since"), NONE);

        var first = world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID);

        assertThat(first.isNew()).isTrue();
        assertThat(first.value().id()).isNotEqualTo(head.id());
        assertThat(world.texts(first.value().id())).containsExactly("one!", "two");
        assertThat(world.transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                .isEqualTo(new CreateResult<>(first.value(), false));
    }

    @Test
    void an_import_of_anothers_id_takes_a_new_id_of_the_owners() {
        Imported imported = Collected.of(world, ANN, lived().id()).imported();

        var first = world.transfer.importConversation(BEN, imported, OnConflict.NEW_ID);

        assertThat(first.isNew()).isTrue();
        assertThat(first.value().owner()).isEqualTo(BEN);
        assertThat(world.transfer.importConversation(BEN, imported, OnConflict.NEW_ID).isNew()).isFalse();
    }

    @Test
    void an_import_whose_parts_do_not_fit_is_refused() {
        Imported whole = Collected.of(world, ANN, lived().id()).imported();
        List<Imported> broken = List.of(with(whole, whole.version(), messages(whole).reversed()),
                with(whole, whole.version(), Collections.nCopies(2, messages(whole).getFirst())),
                with(whole, Version.FIRST, messages(whole)),
                new Imported(whole.id(), Optional.of(new Title("t")), whole.metadata(), whole.filing(), whole.version(),
                        whole.updatedAt().plusMillis(1), whole.updatedAt(), whole.origin(), whole.messages()));

        for (Imported imported : broken) {
            assertThatThrownBy(() -> new World().transfer.importConversation(ANN, imported, OnConflict.NEW_ID))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    private static Imported with(Imported i, Version version, List<Message> messages) {
        return new Imported(i.id(), i.title(), i.metadata(), i.filing(), version, i.createdAt(), i.updatedAt(),
                i.origin(), new History.InMemory(messages));
    }

    private static List<Message> messages(Imported imported) {
        return StreamSupport.stream(imported.messages().spliterator(), false).toList();
    }

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
