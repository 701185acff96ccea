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
import dev.confab.application.Conversations.Fork;
import dev.confab.application.Messages.Edit;
import dev.confab.application.RequestedId;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private final World world = new World();
    private final Conversation anns = world.conversations.create(ANN, creation(given(1), "Trip", "secret")).value();
    private final MessageId first = world.idAt(anns, 1);

    @Test
    void every_call_reports_another_owners_conversation_as_not_found() {
        var id = anns.id();
        var nowhere = new MessageId(new UUID(1, 2));
        var edit = new Edit(text -> "x", UnaryOperator.identity(), UnaryOperator.identity());
        var change = new Change(title -> Optional.empty(), UnaryOperator.identity());
        Map<String, Runnable> calls = Map.ofEntries(
                Map.entry("get", () -> world.conversations.get(BEN, id)),
                Map.entry("change", () -> world.conversations.change(BEN, id, change, at(9))),
                Map.entry("delete", () -> world.conversations.delete(BEN, id, at(9))),
                Map.entry("restore", () -> world.conversations.restore(BEN, id)),
                Map.entry("purge", () -> world.conversations.purge(BEN, id)),
                Map.entry("fork", () -> world.conversations.fork(BEN, id, new Fork(MADE, first, Optional.empty()))),
                Map.entry("fork from no message",
                        () -> world.conversations.fork(BEN, id, new Fork(MADE, nowhere, Optional.empty()))),
                Map.entry("append", () -> world.messages.append(BEN, id, message(MADE, "x"), at(9))),
                Map.entry("repeat", () -> world.messages.append(BEN, id,
                        message(new RequestedId.Given(first.value()), "secret"), NONE)),
                Map.entry("edit", () -> world.messages.edit(BEN, id, first, edit, NONE)),
                Map.entry("edit no message", () -> world.messages.edit(BEN, id, nowhere, edit, NONE)),
                Map.entry("truncate", () -> world.messages.truncate(BEN, id, nowhere, NONE)),
                Map.entry("clear", () -> world.messages.clear(BEN, id, at(9))),
                Map.entry("read", () -> world.messages.read(BEN, id, Window.first(1))),
                Map.entry("read one", () -> world.messages.read(BEN, id, first)),
                Map.entry("read no message", () -> world.messages.read(BEN, id, nowhere)),
                Map.entry("changes", () -> world.messages.changesSince(BEN, id, 0)),
                Map.entry("export", () -> world.transfer.export(BEN, id, new Collected())));

        calls.forEach((name, call) -> assertThatThrownBy(call::run).as(name).isInstanceOf(ConversationNotFound.class));
        assertThat(world.conversations.get(ANN, id)).isEqualTo(anns);
    }

    @Test
    void another_owners_conversation_in_the_bin_is_not_found() {
        world.conversations.delete(ANN, anns.id(), NONE);

        List<Runnable> calls = List.of(() -> world.conversations.restore(BEN, anns.id()),
                () -> world.conversations.purge(BEN, anns.id()),
                () -> world.conversations.delete(BEN, anns.id(), NONE));
        calls.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationNotFound.class));
        assertThat(world.conversations.restore(ANN, anns.id()).isDeleted()).isFalse();
    }

    @Test
    void an_id_that_another_owner_uses_is_rejected_S10() {
        Conversation bens = world.conversations.create(BEN, creation(MADE, "Ben's", "x")).value();
        var fork = new Fork(given(1), world.idAt(bens, 1), Optional.empty());
        var exported = Collected.of(world, ANN, anns.id()).imported();

        List<Runnable> calls = List.of(
                () -> world.conversations.create(BEN, creation(given(1), "Trip", "secret")),
                () -> world.conversations.fork(BEN, bens.id(), fork),
                () -> world.transfer.importConversation(BEN, exported, OnConflict.REFUSE));
        calls.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationIdReused.class));
    }

    @Test
    void the_same_key_of_another_owner_creates_another_conversation() {
        var anns = world.conversations.create(ANN, creation(key("k"), "Trip"));
        var bens = world.conversations.create(BEN, creation(key("k"), "Trip"));

        assertThat(bens.isNew()).isTrue();
        assertThat(bens.value().id()).isNotEqualTo(anns.value().id());
    }

    @Test
    void lists_and_search_return_only_the_owners_conversations() {
        assertThat(world.conversations
                .list(BEN, new ListQuery(ListQuery.Sort.UPDATED, 10, Optional.empty())).items()).isEmpty();
        var query = new SearchQuery("secret", false, Optional.of(anns.id()), 10, Optional.empty());
        assertThat(world.conversations.search(BEN, query).items()).isEmpty();
        assertThat(world.conversations.search(ANN, query).items()).hasSize(1);
    }
}
