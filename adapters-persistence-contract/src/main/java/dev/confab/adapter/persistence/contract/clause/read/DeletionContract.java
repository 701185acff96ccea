package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** S13: a deleted conversation is invisible until it is restored or purged. */
public abstract class DeletionContract extends ContractTest {

    @Test
    void a_deleted_conversation_is_invisible_S13() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        Message message = append(id, "needle");

        Conversation deleted = delete(id);

        assertThat(reader().find(id, now())).isEmpty();
        assertNotFound(() -> reader().read(id, Window.first(1), now()));
        assertNotFound(() -> reader().read(id, message.id(), now()));
        assertNotFound(() -> reader().changesSince(id, 0, now()));
        assertThat(list(ALICE, Sort.UPDATED)).isEmpty();
        assertThat(list(ALICE, Sort.CREATED)).isEmpty();
        assertThat(search("needle")).isEmpty();
        assertThat(list(ALICE, Sort.DELETED)).containsExactly(deleted);
    }

    @Test
    void a_deleted_conversation_cannot_be_changed_S13() {
        ConversationId id = startWith("kept");
        Conversation live = head(id);
        Conversation deleted = delete(id);

        assertNotFound(() -> append(id, "x"));
        assertNotFound(() -> rename(id, "x"));
        assertNotFound(() -> change(id, head -> head.clear(now())));
        // An event that the domain would not have decided on is rejected too.
        assertThatIllegalArgumentException().isThrownBy(() -> record(id, List.of(live.append(draft("forced"), now()))));
        assertThat(list(ALICE, Sort.DELETED)).containsExactly(deleted);
    }

    @Test
    void a_restored_conversation_is_as_it_was_S13() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        append(id, "needle");
        List<Message> messages = messages(id);
        delete(id);

        Conversation restored = restore(id);

        assertThat(head(id)).isEqualTo(restored);
        assertThat(restored.version().value()).isEqualTo(4);
        assertThat(messages(id)).isEqualTo(messages);
        assertThat(list(ALICE, Sort.UPDATED)).containsExactly(restored);
        assertThat(list(ALICE, Sort.DELETED)).isEmpty();
        assertThat(search("needle")).hasSize(2);
        assertThat(append(id, "next").position()).isEqualTo(2);
    }

    @Test
    void a_purged_conversation_is_gone_and_its_id_is_free_S13() {
        ConversationId id = startWith("needle");
        delete(id);

        purge(id);

        assertThat(reader().find(id, now())).isEmpty();
        assertThat(list(ALICE, Sort.DELETED)).isEmpty();
        assertThat(reader().deletedBefore(Instant.MAX, 10)).isEmpty();
        assertThat(store().transact(id, Transactions::version)).isZero();
        create(Samples.started(id));
        assertThat(head(id).version().value()).isOne();
        assertThat(messages(id)).isEmpty();
        assertThat(search("needle")).isEmpty();
        db().reopen();
        assertThat(messages(id)).isEmpty();
    }

    @Test
    void one_transaction_can_purge_a_conversation_and_create_another_with_its_id_S13() {
        ConversationId id = startWith("gone");

        Conversation begun = store().transact(id, tx -> {
            tx.record(tx.conversation().delete(now()).orElseThrow());
            tx.record(tx.find().orElseThrow().purge(now()));
            tx.record(Samples.started(id, BOB, Optional.empty()));
            tx.record(tx.conversation().append(draft("new"), now()));
            return tx.conversation();
        });

        assertThat(head(id)).isEqualTo(begun);
        assertThat(texts(id)).containsExactly("new");
        append(id, "next");
        db().reopen();
        assertThat(head(id).owner()).isEqualTo(BOB);
        assertThat(texts(id)).containsExactly("new", "next");
    }

    @Test
    void an_append_concurrent_with_a_deletion_comes_before_it_or_fails_S13() {
        for (int round = 0; round < 30; round++) {
            ConversationId id = startWith("first");

            List<Boolean> landed = TestThreads.run(4, thread -> thread == 0 ? delete(id).isDeleted() : appended(id));

            int count = Collections.frequency(landed, true);
            Conversation deleted = list(ALICE, Sort.DELETED).stream().filter(head -> head.id().equals(id))
                    .findAny().orElseThrow();
            assertThat(deleted.messageCount()).isEqualTo(count);
            assertThat(deleted.version().value()).isEqualTo(count + 2L);
            restore(id);
            assertThat(messages(id)).hasSize(count);
            delete(id);
        }
    }

    @Test
    void conversations_deleted_before_a_time_are_found_for_purging_S13() {
        ConversationId early = start();
        ConversationId late = start(BOB);
        start();
        delete(early);
        Instant between = now();
        delete(late);

        assertThat(reader().deletedBefore(between, 10)).extracting(Conversation::id).containsExactly(early);
        assertThat(reader().deletedBefore(now(), 10)).extracting(Conversation::id)
                .containsExactlyInAnyOrder(early, late);
        assertThat(reader().deletedBefore(now(), 1)).hasSize(1);
        assertThat(reader().deletedAfter(between, 10)).extracting(Conversation::id).containsExactly(late);
        assertThat(reader().deletedAfter(now(), 10)).isEmpty();
        restore(early);
        assertThat(reader().deletedBefore(now(), 10)).extracting(Conversation::id).containsExactly(late);
    }

    @Test
    void a_conversation_with_the_highest_version_can_be_changed_deleted_restored_purged_and_erased_S13() {
        ConversationId id = highest();
        append(id, "one more");
        append(id, "and another");
        nowAndAfterReopening(() -> {
            assertThat(head(id).version().value()).isEqualTo(Long.MAX_VALUE);
            assertThat(texts(id)).containsExactly("first", "one more", "and another");
        });
        delete(id);
        restore(id);
        delete(id);
        nowAndAfterReopening(() -> assertThat(reader().find(id, now())).isEmpty());
        purge(id);
        assertThat(store().transact(id, Transactions::version)).isZero();

        ConversationId erased = highest();
        assertThat(db().eraser().erase(ALICE).conversations()).isOne();
        nowAndAfterReopening(() -> assertThat(store().transact(erased, Transactions::version)).isZero());
    }

    private ConversationId highest() {
        var first = new Message(Samples.newMessageId(), 1, Role.USER, "first", Optional.empty(), Metadata.EMPTY, now(),
                Optional.empty(), new Version(Long.MAX_VALUE - 1), Samples.digest("first"));
        return create(Samples.importedAt(now(), first)).id();
    }

    @Test
    void erasing_an_owner_purges_all_conversations_of_that_owner_only_S13() {
        ConversationId live = startWith("needle");
        ConversationId binned = startWith("needle");
        delete(binned);
        ConversationId bobs = start(BOB);

        assertThat(db().eraser().erase(ALICE).conversations()).isEqualTo(2);

        assertThat(reader().find(live, now())).isEmpty();
        assertThat(list(ALICE, Sort.DELETED)).isEmpty();
        assertThat(search("needle")).isEmpty();
        assertThat(reader().find(bobs, now())).isPresent();
        assertThat(store().transact(binned, Transactions::version)).isZero();
        assertThat(db().eraser().erase(ALICE).conversations()).isZero();
        db().reopen();
        assertThat(reader().find(live, now())).isEmpty();
    }

    private boolean appended(ConversationId id) {
        try {
            append(id, "racing");
            return true;
        } catch (ConversationNotFound late) {
            return false;
        }
    }
}
