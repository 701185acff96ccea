package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Exports and imports of conversations that fit into one transaction. */
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
}
