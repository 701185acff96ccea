package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** S10: a request with an id can be repeated safely. */
public abstract class IdempotencyContract extends ContractTest {

    @Test
    void appending_the_same_draft_again_returns_the_stored_message_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("once");
        Message first = append(id, draft);
        append(id, "meanwhile");
        Conversation before = head(id);

        assertThat(append(id, draft)).isEqualTo(first);
        assertThat(head(id)).isEqualTo(before);
    }

    @Test
    void the_same_draft_is_recognised_after_an_edit_and_after_reopening_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("once");
        append(id, draft);
        edit(id, messages(id).getFirst(), "edited");

        nowAndAfterReopening(() -> assertThat(append(id, draft).text()).isEqualTo("edited"));
        assertThat(head(id).version().value()).isEqualTo(3);
    }

    @Test
    void another_draft_with_the_same_id_is_rejected_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("once");
        append(id, draft);

        for (MessageDraft other : List.of(MessageDraft.of(draft.id(), Role.USER, "other"),
                MessageDraft.of(draft.id(), Role.TOOL, "once"))) {
            assertThatThrownBy(() -> append(id, other)).isInstanceOf(MessageIdReused.class);
        }

        assertThat(texts(id)).containsExactly("once");
    }

    @Test
    void a_repeated_append_is_recognised_before_its_expected_version_is_checked_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("once");
        var append = Transactions.append(draft, Optional.of(new Version(1)), now());
        Message first = store().transact(id, append);

        assertThat(store().<Message>transact(id, append)).isEqualTo(first);
    }

    @Test
    void one_draft_from_16_threads_is_stored_once_S10() {
        for (int round = 0; round < 10; round++) {
            ConversationId id = start();
            MessageDraft draft = draft("once");

            List<Message> returned = TestThreads.run(16, thread -> append(id, draft));

            assertThat(messages(id)).hasSize(1).containsAll(returned);
            assertThat(head(id).version().value()).isEqualTo(2);
        }
    }

    @Test
    void a_batch_that_is_partly_new_is_rejected_S10() {
        ConversationId id = start();
        List<MessageDraft> batch = List.of(draft("a"), draft("b"), draft("c"));
        List<Message> first = appendAll(id, batch);

        assertThat(appendAll(id, batch)).isEqualTo(first);
        assertThatThrownBy(() -> appendAll(id, List.of(batch.getLast(), draft("d"))))
                .isInstanceOf(MessageIdReused.class);
        assertThat(texts(id)).containsExactly("a", "b", "c");
    }

    @Test
    void the_id_of_a_truncated_message_may_be_used_again_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("gone");
        append(id, draft);
        change(id, head -> head.clear(now()));

        Message again = append(id, MessageDraft.of(draft.id(), Role.ASSISTANT, "back"));

        assertThat(again.position()).isOne();
        assertThat(messages(id)).containsExactly(again);
        assertThat(reader().read(id, draft.id(), now()).messages()).containsExactly(again);
    }

    @Test
    void message_ids_are_scoped_to_their_conversation_S10() {
        ConversationId one = startWith("before");
        ConversationId other = start();
        MessageDraft draft = draft("in both");
        MessageDraft different = MessageDraft.of(draft.id(), Role.USER, "different");

        append(one, draft);
        append(other, different);
        ConversationId fork = Samples.newConversationId();
        create(head(one).fork(fork, Optional.empty(), messages(one), Samples.digest("fork"), now()));

        assertThat(texts(one)).containsExactly("before", "in both");
        assertThat(texts(other)).containsExactly("different");
        assertThat(texts(fork)).containsExactly("before", "in both");
        assertThat(reader().read(one, draft.id(), now()).messages()).containsExactly(messages(one).getLast());
        assertThat(reader().read(other, draft.id(), now()).messages()).containsExactly(messages(other).getLast());
    }

    @Test
    void creating_again_with_the_same_id_needs_the_same_request_S10() {
        ConversationId source = startWith("one", "two");
        for (Creation first : List.of(Samples.started(Samples.newConversationId()),
                head(source).fork(Samples.newConversationId(), Optional.empty(), messages(source),
                        Samples.digest("fork"), now()),
                Samples.imported(Samples.newConversationId(), head(source), messages(source)))) {
            ConversationId id = create(first).id();
            append(id, "later");
            Conversation before = head(id);

            assertThat(create(first)).isEqualTo(before);
            assertThatThrownBy(() -> create(Samples.started(id, BOB, Optional.empty())))
                    .isInstanceOf(ConversationIdReused.class);
            assertThat(head(id)).isEqualTo(before);
        }
    }

    @Test
    void one_creation_from_16_threads_creates_one_conversation_S10() {
        ConversationId id = Samples.newConversationId();
        Creation first = Samples.started(id);

        List<Conversation> returned = TestThreads.run(16, thread -> create(first));

        assertThat(returned).containsOnly(head(id));
        assertThat(head(id).version()).isEqualTo(Version.FIRST);
    }
}
