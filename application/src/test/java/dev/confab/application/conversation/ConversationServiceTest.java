package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.creation;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Conversations.Change;
import dev.confab.application.Conversations.Creation;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotDeleted;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConversationServiceTest {
    private final World world = new World();

    @Test
    void create_starts_a_conversation_with_its_messages_in_one_commit() {
        var made = world.conversations.create(ANN, creation(given(1), "Trip", "one", "two"));

        assertThat(made.isNew()).isTrue();
        assertThat(made.value().version()).isEqualTo(new Version(3));
        assertThat(made.value().messageCount()).isEqualTo(2);
        assertThat(made.value().createdAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(world.texts(made.value().id())).containsExactly("one", "two");
        assertThat(world.conversations.get(ANN, made.value().id())).isEqualTo(made.value());
    }

    @Test
    void create_takes_a_thousand_messages_and_no_more() {
        var thousand = Collections.nCopies(1_000, message(MADE, "x"));
        var made = world.conversations.create(ANN, new Creation(MADE, Optional.empty(), Metadata.EMPTY, thousand));
        assertThat(made.value().messageCount()).isEqualTo(1_000);

        var more = Collections.nCopies(1_001, message(MADE, "x"));
        assertThatThrownBy(
                () -> world.conversations.create(ANN, new Creation(MADE, Optional.empty(), Metadata.EMPTY, more)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void create_refuses_a_duplicate_message_id() {
        var twice = List.of(message(given(1), "a"), message(given(2), "b"), message(given(1), "c"));

        assertThatThrownBy(
                () -> world.conversations.create(ANN, new Creation(given(9), Optional.empty(), Metadata.EMPTY, twice)))
                .isInstanceOfSatisfying(InvalidValue.class,
                        e -> assertThat(e.field()).isEqualTo("messages"));
        assertThat(world.reference.find(new ConversationId(new UUID(0x4000, 0x8000000000000009L)), world.now))
                .isEmpty();
    }

    @Test
    void change_renames_and_changes_metadata_in_one_commit() {
        Conversation old = world.started("one");

        Conversation changed = world.conversations.change(ANN, old.id(),
                new Change(title -> Optional.of(new Title("Other")), m -> new Metadata(Map.of("a", "b"))), NONE);

        assertThat(changed.title()).contains(new Title("Other"));
        assertThat(changed.metadata().pairs()).containsEntry("a", "b");
        assertThat(changed.version().value()).isEqualTo(old.version().value() + 2);
        assertThat(world.conversations.get(ANN, old.id())).isEqualTo(changed);
    }

    @Test
    void a_change_that_changes_nothing_leaves_the_version() {
        Conversation old = world.started("one");

        assertThat(world.conversations.change(ANN, old.id(),
                new Change(UnaryOperator.identity(), UnaryOperator.identity()), NONE)).isEqualTo(old);
    }

    @Test
    void a_deleted_conversation_refuses_all_but_delete_restore_and_purge_S13() {
        Conversation old = world.started("one");
        Message first = world.all(old.id()).getFirst();
        Conversation deleted = world.conversations.delete(ANN, old.id(), NONE).orElseThrow();

        assertThat(deleted.isDeleted()).isTrue();
        assertThat(world.conversations.delete(ANN, old.id(), NONE)).contains(deleted);
        List<Runnable> refused = List.of(() -> world.conversations.get(ANN, old.id()),
                () -> world.messages.append(ANN, old.id(), message(MADE, "late"), NONE),
                () -> world.messages.truncate(ANN, old.id(), first.id(), NONE),
                () -> world.messages.clear(ANN, old.id(), NONE),
                () -> world.messages.changesSince(ANN, old.id(), 0),
                () -> world.messages.read(ANN, old.id(), first.id()),
                () -> world.conversations.change(ANN, old.id(),
                        new Change(t -> Optional.empty(), UnaryOperator.identity()), NONE));
        refused.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationNotFound.class));
    }

    @Test
    void restore_brings_it_back_and_again_changes_nothing_S13() {
        Conversation old = world.started("one");
        Conversation deleted = world.conversations.delete(ANN, old.id(), NONE).orElseThrow();

        Conversation restored = world.conversations.restore(ANN, old.id());

        assertThat(restored.isDeleted()).isFalse();
        assertThat(restored.version()).isEqualTo(deleted.version().next());
        assertThat(world.conversations.restore(ANN, old.id())).isEqualTo(restored);
        assertThat(world.texts(old.id())).containsExactly("one");
    }

    @Test
    void only_a_conversation_in_the_bin_can_be_purged_and_only_once_S13() {
        Conversation old = world.started("one");
        assertThatThrownBy(() -> world.conversations.purge(ANN, old.id())).isInstanceOf(ConversationNotDeleted.class);
        world.conversations.delete(ANN, old.id(), NONE);

        world.conversations.purge(ANN, old.id());

        List<Runnable> gone = List.of(() -> world.conversations.purge(ANN, old.id()),
                () -> world.conversations.restore(ANN, old.id()),
                () -> world.conversations.delete(ANN, old.id(), NONE));
        gone.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationNotFound.class));
    }

    @Test
    void lists_and_search_show_live_conversations_and_the_bin_deleted_ones_S16() {
        Conversation live = world.started("apples");
        Conversation binned = world.started("apples");
        world.conversations.delete(ANN, binned.id(), NONE);

        assertThat(ids(Sort.UPDATED)).containsExactly(live.id());
        assertThat(ids(Sort.DELETED)).containsExactly(binned.id());
        assertThat(world.conversations
                .search(ANN, new SearchQuery("Apples", false, Optional.empty(), 10, Optional.empty()))
                .items()).singleElement().satisfies(hit -> assertThat(hit.conversation()).isEqualTo(live.id()));
    }

    private List<ConversationId> ids(Sort sort) {
        return world.conversations.list(ANN, new ListQuery(sort, 10, Optional.empty())).items().stream()
                .map(Conversation::id).toList();
    }

    @Test
    void the_purge_of_the_bin_spares_recent_live_and_restored_conversations() {
        Conversation live = world.started("live");
        Conversation old = world.started("old");
        Conversation restored = world.started("restored");
        Conversation recent = world.started("recent");
        world.conversations.delete(ANN, old.id(), NONE);
        world.conversations.delete(ANN, restored.id(), NONE);
        world.conversations.restore(ANN, restored.id());
        world.pass(Duration.ofDays(30));
        world.conversations.delete(ANN, recent.id(), NONE);
        world.pass(Duration.ofDays(1));

        assertThat(world.conversations.purgeBin(Duration.ofDays(30))).isEqualTo(1);
        assertThat(world.conversations.purgeBin(Duration.ofDays(30))).isZero();
        assertThat(ids(Sort.DELETED)).containsExactly(recent.id());
        assertThat(ids(Sort.UPDATED)).containsExactlyInAnyOrder(live.id(), restored.id());
    }

    @Test
    void purge_of_the_expired_goes_through_more_than_a_page() {
        for (int i = 0; i < 250; i++) {
            world.conversations.delete(ANN, world.started().id(), NONE);
        }
        world.pass(Duration.ofDays(31));

        assertThat(world.conversations.purgeBin(Duration.ofDays(30))).isEqualTo(250);
    }

    @Test
    void missing_conversations_are_not_found() {
        var nowhere = new ConversationId(new UUID(1, 2));
        List<Runnable> calls = List.of(() -> world.conversations.get(ANN, nowhere),
                () -> world.conversations.delete(ANN, nowhere, NONE),
                () -> world.conversations.restore(ANN, nowhere), () -> world.conversations.purge(ANN, nowhere),
                () -> world.messages.append(ANN, nowhere, message(MADE, "x"), NONE));

        calls.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(ConversationException.class)
                .isInstanceOf(ConversationNotFound.class));
    }
}
