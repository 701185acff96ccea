package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S1: the events of a transaction are committed together or not at all. */
public abstract class AtomicityContract extends ContractTest {

    @Test
    void nothing_is_recorded_when_the_transaction_function_throws_S1() {
        ConversationId id = startWith("first");
        Conversation before = head(id);
        List<Message> messages = messages(id);

        assertThatThrownBy(() -> store().transact(id, tx -> {
            tx.record(tx.conversation().append(draft("second"), now()));
            tx.record(tx.conversation().rename(Samples.title("never"), now()).orElseThrow());
            tx.record(tx.conversation().clear(now()).orElseThrow());
            throw new IllegalStateException("gave up");
        })).hasMessage("gave up");

        assertThat(head(id)).isEqualTo(before);
        assertThat(messages(id)).isEqualTo(messages);
        assertThat(append(id, "next").position()).isEqualTo(2);
    }

    @Test
    void a_conversation_does_not_exist_if_its_first_transaction_function_throws_S1() {
        ConversationId id = Samples.newConversationId();

        assertThatThrownBy(() -> store().transact(id, tx -> {
            tx.record(Samples.started(id));
            throw new IllegalStateException("gave up");
        })).hasMessage("gave up");

        assertThat(reader().find(id, now())).isEmpty();
        assertThat(list(ALICE, ListQuery.Sort.UPDATED)).isEmpty();
        assertNotFound(() -> append(id, "into nothing"));
    }

    @Test
    void the_caller_gets_the_exception_of_the_transaction_function_unchanged_S1() {
        ConversationId id = start();
        var exception = new IllegalArgumentException("of the function");
        var error = new AssertionError("an error of the function");

        assertThatThrownBy(() -> store().transact(id, tx -> {
            throw exception;
        })).isSameAs(exception).hasNoSuppressedExceptions();
        assertThatThrownBy(() -> store().transact(id, tx -> {
            throw error;
        })).isSameAs(error).hasNoSuppressedExceptions();
    }

    @Test
    void all_recorded_events_are_visible_when_transact_returns_S1() {
        ConversationId id = Samples.newConversationId();

        store().transact(id, tx -> {
            tx.record(Samples.started(id));
            tx.record(tx.conversation().append(draft("one"), now()));
            tx.record(tx.conversation().append(draft("two"), now()));
            tx.record(tx.conversation().rename(Samples.title("both"), now()).orElseThrow());
            return tx.conversation();
        });

        assertThat(texts(id)).containsExactly("one", "two");
        assertThat(head(id).title()).isEqualTo(Samples.title("both"));
        assertThat(head(id).version().value()).isEqualTo(4);
    }

    @Test
    void nothing_is_recorded_if_a_transaction_has_too_many_events_S1() {
        ConversationId id = start();

        assertThatThrownBy(() -> appendMany(id, ConversationTransaction.MAX_EVENTS + 1))
                .isInstanceOf(TransactionTooLarge.class);

        assertThat(head(id).messageCount()).isZero();
    }

    @Test
    void a_transaction_with_the_largest_allowed_number_of_events_is_committed_S1() {
        ConversationId id = start();

        appendMany(id, ConversationTransaction.MAX_EVENTS);

        assertThat(head(id).messageCount()).isEqualTo(ConversationTransaction.MAX_EVENTS);
        assertThat(messages(id)).hasSize(ConversationTransaction.MAX_EVENTS);
    }

    private void appendMany(ConversationId id, int count) {
        appendAll(id, Stream.generate(() -> draft("x")).limit(count).toList());
    }

    @Test
    void a_transaction_reads_its_own_events_S1() {
        ConversationId id = startWith("first");
        var draft = draft("second");

        store().transact(id, tx -> {
            tx.record(tx.conversation().append(draft, now()));
            assertThat(tx.messageAt(2)).isEqualTo(tx.message(draft.id()));
            assertThat(tx.message(draft.id()).map(Message::text)).contains("second");
            tx.record(tx.conversation().truncateAfter(tx.messageAt(1).orElseThrow(), now()).orElseThrow());
            assertThat(tx.message(draft.id())).isEmpty();
            assertThat(tx.messageAt(2)).isEmpty();
            return tx.conversation();
        });

        assertThat(reader().read(id, Window.first(10), now()).messages()).hasSize(1);
        assertThat(head(id).version().value()).isEqualTo(4);
    }
}
