package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.at;
import static dev.confab.application.conversation.World.creation;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Conversations.Fork;
import dev.confab.application.Sessions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.session.Session.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The use cases on a storage that fails: a commit with an unknown outcome may be recorded. */
class FailuresTest {
    private final ReferenceStorage storage = new ReferenceStorage();
    private final World world = new World(new ReferenceStore(storage, Duration.ofSeconds(5)));

    @Test
    void an_append_with_an_unknown_outcome_is_recorded_once_and_reported_as_new_S15() {
        Conversation conversation = world.started();
        storage.failNextCommit(Failure.UNKNOWN);

        var written = world.messages.append(ANN, conversation.id(), message(MADE, "once"), NONE);

        assertThat(written.isNew()).isTrue();
        assertThat(world.texts(conversation.id())).containsExactly("once");
    }

    @Test
    void a_create_and_a_fork_with_an_unknown_outcome_are_recorded_once_S15() {
        storage.failNextCommit(Failure.UNKNOWN);
        var made = world.conversations.create(ANN, creation(MADE, "Trip", "a"));
        assertThat(made.isNew()).isTrue();

        storage.failNextCommit(Failure.UNKNOWN);
        var request = new Fork(given(5), world.idAt(made.value(), 1), Optional.empty());
        var forked = world.conversations.fork(ANN, made.value().id(), request);
        assertThat(world.texts(forked.value().id())).containsExactly("a");
    }

    @Test
    void a_change_with_an_unknown_outcome_is_not_retried_S15() {
        Conversation conversation = world.started("a");
        storage.failNextCommit(Failure.UNKNOWN);

        assertThatThrownBy(() -> world.messages.clear(ANN, conversation.id(), NONE))
                .isInstanceOf(CommitOutcomeUnknown.class);
    }

    @Test
    void a_failed_append_records_nothing_S15() {
        Conversation conversation = world.started();
        storage.failNextCommit(Failure.REFUSED);

        assertThatThrownBy(() -> world.messages.append(ANN, conversation.id(), message(given(1), "x"), NONE))
                .isInstanceOf(StorageUnavailable.class);
        assertThat(world.texts(conversation.id())).isEmpty();
        assertThat(world.messages.append(ANN, conversation.id(), message(given(1), "y"), NONE).isNew()).isTrue();
    }

    @Test
    void the_purge_of_the_bin_skips_conversations_that_it_cannot_purge() {
        var reference = new ReferenceStore();
        var damaged = new Damaged(reference, new HashSet<>());
        var partly = new World(reference, damaged);
        for (int i = 0; i < 150; i++) {
            ConversationId id = partly.started().id();
            partly.conversations.delete(ANN, id, NONE);
            if (i < 120) {
                damaged.ids().add(id);
            }
        }
        partly.pass(Duration.ofDays(31));

        assertThat(partly.conversations.purgeBin(Duration.ofDays(30))).isEqualTo(30);
    }

    @Test
    void a_conversation_that_cannot_be_read_is_removed_for_its_owner_only() {
        var reference = new ReferenceStore();
        var damaged = new Damaged(reference, new HashSet<>());
        var partly = new World(reference, damaged);
        ConversationId deleted = partly.started().id();
        ConversationId purged = partly.started().id();
        damaged.ids().addAll(Set.of(deleted, purged));

        for (ConversationId id : List.of(deleted, purged)) {
            assertThatThrownBy(() -> partly.conversations.delete(BEN, id, NONE))
                    .isInstanceOf(ConversationDamaged.class);
            assertThatThrownBy(() -> partly.conversations.purge(BEN, id)).isInstanceOf(ConversationDamaged.class);
        }
        assertThatThrownBy(() -> partly.conversations.delete(ANN, deleted, at(1)))
                .isInstanceOf(ConversationDamaged.class);
        assertThat(damaged.ids()).containsExactlyInAnyOrder(deleted, purged);

        assertThat(partly.conversations.delete(ANN, deleted, NONE)).isEmpty();
        partly.conversations.purge(ANN, purged);
        assertThat(damaged.ids()).isEmpty();
    }

    @Test
    void the_sweep_skips_conversations_with_unexpected_errors() {
        var reference = new ReferenceStore();
        var odd = new HashSet<ConversationId>();
        var partly = new World(reference, new ConversationStore() {
            @Override
            public FencingToken token(OwnerId owner) {
                return reference.token(owner);
            }

            @Override
            public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
                if (odd.contains(id)) {
                    throw new IllegalStateException("an unexpected error");
                }
                return reference.transact(id, work);
            }
        });
        var temporary = new Sessions.Creation(MADE, Optional.empty(), Optional.of(Sessions.MIN_TIME_TO_LIVE),
                Settings.NONE);
        List.of(1, 2, 3)
                .forEach(i -> odd.add(partly.sessions.create(ANN, temporary).value().session().conversationId()));
        odd.remove(odd.iterator().next());
        partly.pass(Sessions.MIN_TIME_TO_LIVE);

        assertThat(partly.sessions.sweep()).isOne();
    }

    @Test
    void the_purge_of_the_bin_ends_when_the_storage_is_unavailable() {
        List.of(1, 2).forEach(i -> world.conversations.delete(ANN, world.started().id(), NONE));
        world.pass(Duration.ofDays(31));
        storage.failNextCommit(Failure.REFUSED);

        assertThatThrownBy(() -> world.conversations.purgeBin(Duration.ofDays(30)))
                .isInstanceOf(StorageUnavailable.class);
    }

    /** A store on which some conversations cannot be read. */
    private record Damaged(ConversationStore store, Set<ConversationId> ids) implements ConversationStore {
        @Override
        public FencingToken token(OwnerId owner) {
            return store.token(owner);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            if (ids.contains(id)) {
                throw new ConversationDamaged(id);
            }
            return store.transact(id, work);
        }

        @Override
        public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
            return owner.equals(ANN) && ids.remove(id);
        }
    }
}
