package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Conversations.Fork;
import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.Staging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Imports and forks that are larger than one transaction. */
class StagedCreationTest {
    private static final int LONG = 10_700;
    private static final Edit EDIT = new Edit(text -> text + "!", UnaryOperator.identity(), UnaryOperator.identity());
    private static final Runnable NOTHING = () -> {
    };

    /** Runs before each commit and before each window of a source is read. */
    private volatile Runnable beforeCommit = NOTHING;
    private volatile Runnable beforeWindow = NOTHING;
    private volatile int commits;
    private final World world = new World(new ReferenceStore() {
        @Override
        protected void commit(Change change) {
            beforeCommit.run();
            super.commit(change);
            commits++;
        }

        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            beforeWindow.run();
            return super.read(id, window, now);
        }
    });
    private final Conversation source = longOne();
    private final Imported exported = Collected.of(world, ANN, source.id()).imported();
    private final Imported imported = new Imported(new ConversationId(new UUID(0x4000, 0x8000000000000077L)),
            exported.title(), exported.metadata(), exported.filing(), exported.version(), exported.createdAt(),
            exported.updatedAt(), exported.origin(), exported.messages());

    private Conversation longOne() {
        Conversation made = world.started();
        for (int left = LONG; left > 0; left -= 1_000) {
            world.messages.appendAll(ANN, made.id(), Collections.nCopies(Math.min(left, 1_000), message(MADE, "x")),
                    NONE);
        }
        return world.conversations.get(ANN, made.id());
    }

    private CreateResult<Conversation> importIt() {
        return world.transfer.importConversation(ANN, imported, OnConflict.REFUSE);
    }

    @Test
    void a_long_import_appears_as_a_whole_and_is_recognised_when_it_is_repeated() {
        beforeCommit = () -> assertInvisible(imported.id());

        CreateResult<Conversation> made = importIt();

        beforeCommit = NOTHING;
        assertThat(made.isNew()).isTrue();
        assertThat(Collected.of(world, ANN, imported.id()).imported()).isEqualTo(imported);
        int before = commits;
        assertThat(importIt()).isEqualTo(new CreateResult<>(made.value(), false));
        world.messages.append(ANN, imported.id(), message(MADE, "since"), NONE);
        assertThat(importIt().isNew()).isFalse();
        assertThat(commits).isEqualTo(before + 1);
    }

    private void assertInvisible(ConversationId id) {
        assertThatThrownBy(() -> world.conversations.get(ANN, id)).isInstanceOf(ConversationNotFound.class);
    }

    @Test
    void a_long_import_over_the_unchanged_conversation_has_nothing_to_do() {
        int before = commits;

        assertThat(world.transfer.importConversation(ANN, exported, OnConflict.REFUSE))
                .isEqualTo(new CreateResult<>(source, false));
        assertThat(commits).isEqualTo(before);
    }

    @Test
    void a_long_import_over_other_messages_is_rejected_or_takes_another_id() {
        world.messages.edit(ANN, source.id(), idAt(LONG), EDIT, NONE);

        assertThatThrownBy(() -> world.transfer.importConversation(ANN, exported, OnConflict.REFUSE))
                .isInstanceOf(ConversationIdReused.class);
        var other = world.transfer.importConversation(ANN, exported, OnConflict.NEW_ID);
        assertThat(other.isNew()).isTrue();
        assertThat(other.value().id()).isNotEqualTo(source.id());
    }

    @Test
    void an_import_that_failed_in_the_middle_is_continued_by_the_same_request() {
        failAfter(7);
        assertThatThrownBy(this::importIt).isInstanceOf(StorageUnavailable.class);
        beforeCommit = NOTHING;
        assertInvisible(imported.id());
        assertThat(world.transfer.staged(ANN, imported.id())).isEqualTo(OptionalInt.of(3_000));
        assertThat(world.transfer.staged(BEN, imported.id())).isEmpty();

        commits = 0;
        assertThat(importIt().isNew()).isTrue();

        // The messages that were left, and the completion.
        assertThat(commits).isEqualTo((LONG - 3_000 + 499) / 500 + 1);
        assertThat(Collected.of(world, ANN, imported.id()).imported()).isEqualTo(imported);
        assertThat(world.transfer.staged(ANN, imported.id())).isEmpty();
    }

    @Test
    void attempts_that_meet_complete_it_together() {
        var other = new ArrayList<CreateResult<Conversation>>();
        // The second attempt runs from one end to the other while the first is half-way.
        var first = world.transfer.importConversation(ANN, interrupted(() -> other.add(importIt())),
                OnConflict.REFUSE);

        assertThat(other).hasSize(1);
        assertThat(first.value()).isEqualTo(other.getFirst().value());
        assertThat(Collected.of(world, ANN, imported.id()).imported()).isEqualTo(imported);
    }

    @Test
    void an_attempt_goes_on_in_the_middle_of_its_step() {
        var retrying = new RetryingConversationStore(world.reference, Duration.ofSeconds(30), RetryListener.NONE);
        Digest content = Digest.of("content").build();
        var head = new Conversation(imported.id(), ANN, Optional.empty(), source.metadata(), source.version(), LONG,
                source.createdAt(), source.updatedAt(), Optional.empty(), Optional.empty(), Optional.empty(),
                Digest.of("request").build());
        List<Message> messages = new ArrayList<>();
        imported.messages().forEach(messages::add);
        var creation = new StagedCreation(retrying, () -> source.updatedAt(), head, content);
        assertThat(creation.begin(Optional.empty())).isEmpty();
        retrying.transact(head.id(), tx -> {
            tx.record(Staging.add(tx.find().orElseThrow(), messages.subList(0, 123), source.updatedAt()));
            return true;
        });

        messages.forEach(creation::add);

        assertThat(creation.complete(List.of()).isNew()).isTrue();
        assertThat(world.conversations.get(ANN, head.id())).isEqualTo(head);
    }

    @Test
    void what_exceeds_the_quota_half_way_is_removed_at_once() {
        int[] left = {6};
        beforeCommit = () -> {
            if (left[0]-- == 0) {
                throw new QuotaExceeded(ANN, QuotaExceeded.Quota.STORED_BYTES, 1, 1, 1);
            }
        };

        assertThatThrownBy(this::importIt).isInstanceOf(QuotaExceeded.class);
        assertThat(world.reference.usage(ANN).messages()).isEqualTo(LONG);
    }

    @Test
    void other_content_waits_until_what_is_staged_is_abandoned() {
        failAfter(4);
        assertThatThrownBy(this::importIt).isInstanceOf(StorageUnavailable.class);
        beforeCommit = NOTHING;
        var other = new Imported(imported.id(), Optional.empty(), imported.metadata(), imported.filing(),
                imported.version(), imported.createdAt(), imported.updatedAt(), imported.origin(),
                imported.messages());
        var shorter = new Imported(imported.id(), imported.title(), imported.metadata(), imported.filing(),
                imported.version(), imported.createdAt(), imported.updatedAt(), imported.origin(),
                new History.InMemory(List.of(imported.messages().iterator().next())));
        for (Imported refused : List.of(other, shorter)) {
            assertThatThrownBy(() -> world.transfer.importConversation(ANN, refused, OnConflict.REFUSE))
                    .isInstanceOf(LockTimeout.class);
            assertThatThrownBy(() -> world.transfer.importConversation(BEN, refused, OnConflict.REFUSE))
                    .isInstanceOf(ConversationIdReused.class);
        }

        world.pass(StagedCreation.ABANDONED_AFTER);

        assertThat(world.transfer.importConversation(ANN, other, OnConflict.REFUSE).isNew()).isTrue();
    }

    @Test
    void the_sweep_removes_what_is_abandoned_and_leaves_what_is_under_way() {
        failAfter(4);
        assertThatThrownBy(this::importIt).isInstanceOf(StorageUnavailable.class);
        beforeCommit = NOTHING;

        assertThat(world.sessions.sweep()).isZero();
        assertThat(world.transfer.staged(ANN, imported.id())).isEqualTo(OptionalInt.of(1_500));
        world.pass(StagedCreation.ABANDONED_AFTER);
        assertThat(world.sessions.sweep()).isEqualTo(1);
        assertThat(world.transfer.staged(ANN, imported.id())).isEmpty();
        assertThat(world.reference.usage(ANN).messages()).isEqualTo(LONG);
    }

    @Test
    void a_long_import_with_a_wrong_message_stores_nothing() {
        List<Message> messages = new ArrayList<>();
        imported.messages().forEach(messages::add);
        messages.set(LONG - 1, messages.getFirst());
        var broken = new Imported(imported.id(), imported.title(), imported.metadata(), imported.filing(),
                imported.version(), imported.createdAt(), imported.updatedAt(), imported.origin(),
                new History.InMemory(messages));
        int before = commits;

        assertThatThrownBy(() -> world.transfer.importConversation(ANN, broken, OnConflict.REFUSE))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("position");
        assertThat(commits).isEqualTo(before);
    }

    @Test
    void an_erasure_in_the_middle_ends_the_import_and_leaves_nothing() {
        assertThatThrownBy(() -> world.transfer.importConversation(ANN, interrupted(() -> world.reference.erase(ANN)),
                OnConflict.REFUSE)).isInstanceOf(LockTimeout.class);
        assertThat(world.reference.usage(ANN).conversations()).isZero();
    }

    @Test
    void a_fork_may_have_any_length() {
        CreateResult<Conversation> made = fork();

        assertThat(made.isNew()).isTrue();
        assertThat(made.value().messageCount()).isEqualTo(LONG);
        assertThat(made.value().version().value()).isEqualTo(1);
        assertThat(Collected.of(world, ANN, made.value().id()).messages).allMatch(copy -> copy.version().value() == 1);
        assertThat(fork()).isEqualTo(new CreateResult<>(made.value(), false));
    }

    private CreateResult<Conversation> fork() {
        return world.conversations.fork(ANN, source.id(), new Fork(given(5), idAt(LONG), Optional.empty()));
    }

    @Test
    void a_long_fork_begins_again_when_its_source_changes() {
        int[] windows = {0};
        beforeWindow = () -> {
            if (windows[0]++ == 8) {
                world.messages.edit(ANN, source.id(), idAt(LONG), EDIT, NONE);
            }
        };

        CreateResult<Conversation> made = fork();

        beforeWindow = NOTHING;
        assertThat(Collected.of(world, ANN, made.value().id()).messages.getLast().text()).isEqualTo("x!");
    }

    /** The same import, with something that happens once while its messages are being staged. */
    private Imported interrupted(Runnable halfWay) {
        List<Message> messages = new ArrayList<>();
        imported.messages().forEach(messages::add);
        boolean[] done = new boolean[1];
        var history = new History() {
            @Override
            public int count() {
                return LONG;
            }

            @Override
            public long weight() {
                return imported.messages().weight();
            }

            @Override
            public Iterator<Message> iterator() {
                return messages.stream().peek(message -> {
                    if (message.position() == 5_000 && !done[0]
                            && world.transfer.staged(ANN, imported.id()).isPresent()) {
                        done[0] = true;
                        halfWay.run();
                    }
                }).iterator();
            }
        };
        return new Imported(imported.id(), imported.title(), imported.metadata(), imported.filing(),
                imported.version(), imported.createdAt(), imported.updatedAt(), imported.origin(), history);
    }

    private MessageId idAt(int position) {
        return world.reference.transact(source.id(), tx -> tx.messageAt(position).orElseThrow().id());
    }

    private void failAfter(int some) {
        int[] left = {some};
        beforeCommit = () -> {
            if (left[0]-- == 0) {
                throw new StorageUnavailable("the disk is full");
            }
        };
    }
}
