package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.BusyConversation;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S4: a locked conversation does not affect others. */
public abstract class ParallelContract extends ContractTest {
    /** Far more than the size of any pool of connections or threads. */
    private static final int WAITING = 100;

    @Test
    void transactions_waiting_for_one_conversation_do_not_delay_others_S4() {
        ConversationId busy = start();
        List<ConversationId> others = Stream.generate(this::start).limit(64).toList();

        try (var held = BusyConversation.appending(store(), busy)) {
            List<Future<Message>> waiting = IntStream.range(0, WAITING)
                    .mapToObj(n -> TestThreads.start(() -> append(busy, "waits " + n))).toList();
            others.forEach(other -> soon(() -> append(other, "does not wait")));
            assertThat(waiting).noneMatch(Future::isDone);
            held.release();
            waiting.forEach(future -> TestThreads.get(future, TestThreads.DEADLINE));
        }

        assertThat(head(busy).messageCount()).isEqualTo(WAITING + 1);
        assertThat(others).allMatch(other -> head(other).messageCount() == 1);
    }

    @Test
    void a_conversation_can_be_created_while_another_is_locked_S4() {
        ConversationId busy = start();

        try (var held = BusyConversation.appending(store(), busy)) {
            ConversationId begun = soon(this::start);
            assertThat(head(begun).messageCount()).isZero();
            held.release();
        }
    }
}
