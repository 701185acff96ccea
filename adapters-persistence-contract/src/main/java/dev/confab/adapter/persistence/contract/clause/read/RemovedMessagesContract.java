package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageIsRemoved;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.Changes;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The content of a removed message is gone, and its position stays (S10, S14, S16, S18). Authors and times of the past are stored (S14). */
public abstract class RemovedMessagesContract extends ContractTest {
    private static final int ROUNDS = 10;

    @Test
    void the_author_and_the_time_of_a_message_are_returned_unchanged_S14() {
        ConversationId id = startWith("first");
        Instant past = Instant.parse("1999-12-31T23:59:59.999Z");
        var drafts = List.of(full("of the past", new Author("Zoë 👩🏽‍💻"), Optional.of(past)),
                full("now", new Author("x".repeat(Author.MAX_CODE_POINTS)), Optional.empty()));
        List<Message> written = appendAll(id, drafts);

        nowAndAfterReopening(() -> {
            assertThat(messages(id).subList(1, 3)).isEqualTo(written);
            assertThat(messages(id).get(1).createdAt()).isEqualTo(past);
            assertThat(messages(id)).extracting(Message::author)
                    .containsExactly(Optional.empty(), drafts.get(0).author(), drafts.get(1).author());
            // The time of a message is no time of a change.
            assertThat(head(id).updatedAt()).isEqualTo(written.get(1).createdAt());
        });
        assertThat(store().transact(id, Transactions.appendAll(drafts, Optional.empty(), now()))).isEqualTo(written);
    }

    @Test
    void a_removed_message_has_no_content_and_keeps_its_place_S14() {
        ConversationId id = startWith("before");
        Message secret = append(id, full("secret", new Author("Ann"), Optional.empty()));
        Message after = append(id, "after");

        remove(id, secret);

        nowAndAfterReopening(() -> {
            Message removed = messages(id).get(1);
            assertThat(removed.removedAt()).isPresent();
            assertThat(List.of(removed.id(), removed.position(), removed.role(), removed.createdAt()))
                    .isEqualTo(List.of(secret.id(), 2, Role.USER, secret.createdAt()));
            assertThat(List.of(removed.text(), removed.author(), removed.data(), removed.metadata(), removed.digest()))
                    .isEqualTo(List.of("", Optional.empty(), Optional.empty(), Metadata.EMPTY, Message.REMOVED));
            assertThat(messages(id).get(2)).isEqualTo(after);
            assertThat(reader().read(id, secret.id(), now()).messages()).containsExactly(removed);
            Changes changes = reader().changesSince(id, after.version().value(), now());
            assertThat(changes.messages()).containsExactly(removed);
            assertThat(head(id).messageCount()).isEqualTo(3);
        });
    }

    @Test
    void a_message_that_is_appended_and_removed_in_one_transaction_has_no_content_S14() {
        ConversationId id = startWith("edited");
        MessageDraft draft = full("secret", new Author("Ann"), Optional.empty());

        store().transact(id, tx -> {
            tx.record(tx.conversation().append(draft, now()));
            tx.record(tx.conversation().remove(tx.message(draft.id()).orElseThrow(), now()).orElseThrow());
            tx.record(tx.conversation().remove(tx.messageAt(1).orElseThrow(), now()).orElseThrow());
            return true;
        });

        nowAndAfterReopening(() -> assertThat(messages(id)).hasSize(2).allMatch(Message::isRemoved));
        assertThat(search("secret")).isEmpty();
    }

    @Test
    void a_removed_message_is_copied_as_removed_S14() {
        ConversationId id = startWith("one", "two");
        remove(id, messages(id).getFirst());
        Conversation head = head(id);
        ConversationId fork = Samples.newConversationId();

        create(head.fork(fork, Optional.empty(), messages(id), Samples.digest("fork of removed"), now()));

        nowAndAfterReopening(() -> assertThat(messages(fork)).extracting(Message::removedAt)
                .containsExactly(messages(id).getFirst().removedAt(), Optional.empty()));
    }

    @Test
    void an_append_with_the_id_of_a_removed_message_records_nothing_S10() {
        ConversationId id = start();
        MessageDraft draft = draft("secret");
        remove(id, append(id, draft));
        Conversation before = head(id);

        nowAndAfterReopening(() -> {
            assertThat(append(id, draft).isRemoved()).isTrue();
            assertThat(append(id, MessageDraft.of(draft.id(), Role.SYSTEM, "something else")).isRemoved()).isTrue();
            assertThat(head(id)).isEqualTo(before);
        });
    }

    @Test
    void a_removed_message_is_not_found_S16() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        Message needle = append(id, "needle");
        append(id, "needle too");
        assertThat(search("needle")).hasSize(3);

        remove(id, needle);

        assertThat(search("needle")).hasSize(2);
        db().reopen();
        assertThat(search("needle")).hasSize(2);
    }

    @Test
    void an_edit_races_a_removal_and_never_brings_content_back_S3() {
        ConversationId id = start();
        for (int round = 0; round < ROUNDS; round++) {
            Message message = append(id, "secret " + round);
            TestThreads.run(4, thread -> {
                if (thread == 0) {
                    remove(id, message);
                } else {
                    editUnlessRemoved(id, message, "edited " + thread);
                }
                return thread;
            });
        }

        assertThat(messages(id)).hasSize(ROUNDS).allMatch(Message::isRemoved);
        assertThat(search("secret")).isEmpty();
        assertThat(search("edited")).isEmpty();
    }

    @Test
    void the_prompt_of_an_unfinished_turn_cannot_be_removed_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        Turn turn = startTurn(session);
        Message prompt = messages(id).getLast();

        assertThatIllegalArgumentException().isThrownBy(() -> remove(id, prompt));
        assertThat(messages(id).getLast()).isEqualTo(prompt);

        cancel(turn);
        remove(id, prompt);
        assertThat(messages(id).getLast().isRemoved()).isTrue();
    }

    private void remove(ConversationId id, Message message) {
        change(id, head -> head.remove(message, now()));
    }

    private void editUnlessRemoved(ConversationId id, Message message, String text) {
        try {
            edit(id, message, text);
        } catch (MessageIsRemoved afterTheRemoval) {
            assertThat(afterTheRemoval.messageId()).isEqualTo(message.id());
        }
    }

    private static MessageDraft full(String text, Author author, Optional<Instant> createdAt) {
        return new MessageDraft(Samples.newMessageId(), Role.USER, Optional.of(author), text, Optional.of("{\"a\": 1}"),
                new Metadata(Map.of("k", "v")), createdAt);
    }
}
