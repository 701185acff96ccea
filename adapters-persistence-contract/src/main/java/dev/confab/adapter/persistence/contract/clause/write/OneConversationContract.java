package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** S12: a transaction uses one conversation, and a transaction function uses only its transaction. */
public abstract class OneConversationContract extends ContractTest {

    @Test
    void an_event_of_another_conversation_is_rejected_S12() {
        ConversationId id = start();
        ConversationId other = start();
        Conversation otherHead = head(other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> record(id, List.of(otherHead.append(draft("astray"), now()))));

        assertThat(head(other)).isEqualTo(otherHead);
        assertThat(head(id).messageCount()).isZero();
    }

    @Test
    void an_event_of_the_wrong_version_is_rejected_S12() {
        ConversationId id = startWith("first");
        Conversation stale = head(id);
        append(id, "second");

        assertThatIllegalArgumentException().isThrownBy(() -> record(id, List.of(stale.append(draft("late"), now()))));

        assertThat(texts(id)).containsExactly("first", "second");
    }

    @Test
    void a_transaction_inside_a_transaction_is_rejected_S12() {
        ConversationId id = start();
        ConversationId other = start();

        assertRejectedInside(id, () -> append(other, "inner"));
        assertRejectedInside(id, () -> append(id, "inner"));
        assertRejectedInside(id, () -> db().eraser().erase(ALICE));

        assertThat(head(id).messageCount()).isZero();
        assertThat(head(other).messageCount()).isZero();
    }

    @Test
    void a_read_inside_a_transaction_is_rejected_S12() {
        ConversationId id = startWith("word");
        MessageId message = messages(id).getFirst().id();

        assertRejectedInside(id, () -> reader().find(id, now()));
        assertRejectedInside(id, () -> reader().read(id, Window.first(1), now()));
        assertRejectedInside(id, () -> reader().read(id, message, now()));
        assertRejectedInside(id, () -> reader().changesSince(id, 0, now()));
        assertRejectedInside(id, () -> list(ALICE, ListQuery.Sort.UPDATED));
        assertRejectedInside(id, () -> search("word"));
        assertRejectedInside(id, () -> reader().deletedBefore(Instant.EPOCH, 1));
        assertRejectedInside(id, () -> reader().deletedAfter(Instant.EPOCH, 1));
    }

    @Test
    void a_transaction_cannot_be_used_after_its_function_has_returned_S12() {
        ConversationId id = start();
        var kept = new AtomicReference<ConversationTransaction>();
        store().transact(id, tx -> {
            kept.set(tx);
            return true;
        });

        ConversationTransaction tx = Optional.ofNullable(kept.get()).orElseThrow();
        Conversation head = head(id);

        assertThatIllegalStateException().isThrownBy(tx::find);
        assertThatIllegalStateException().isThrownBy(tx::conversation);
        assertThatIllegalStateException().isThrownBy(() -> tx.messageAt(1));
        assertThatIllegalStateException().isThrownBy(() -> tx.message(Samples.newMessageId()));
        assertThatIllegalStateException().isThrownBy(() -> tx.record(head.append(draft("late"), now())));
        assertThat(head(id)).isEqualTo(head);
    }

    @Test
    void a_transaction_cannot_be_used_by_another_thread_S12() {
        ConversationId id = start();

        store().transact(id, tx -> {
            var stranger = TestThreads.start(tx::find);
            assertThatIllegalStateException().isThrownBy(() -> TestThreads.get(stranger, TestThreads.DEADLINE));
            return true;
        });
    }
}
