package dev.confab.adapter.persistence.contract.clause.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.BusyConversation;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S4: a busy conversation is nobody else's concern. */
public abstract class ParallelContract extends ContractTest {
    /** Far more than any pool of connections or threads should be. */
    private static final int WAITING = 100;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void works_held_up_on_one_conversation_delay_none_on_another_S4() {
        ConversationId busy = start();
        List<ConversationId> others = Stream.generate(this::start).limit(64).toList();

        try (var held = new BusyConversation<>(store(), busy,
                Transactions.append(Samples.draft("holds"), Samples.now()))) {
            List<Future<Message>> waiting = IntStream.range(0, WAITING)
                    .mapToObj(n -> TestThreads.start(() -> append(busy, "waits " + n))).toList();
            for (ConversationId other : others) {
                TestThreads.get(TestThreads.start(() -> append(other, "does not wait")), SOON);
            }
            assertThat(waiting).noneMatch(Future::isDone);
            held.release();
            waiting.forEach(future -> TestThreads.get(future, TestThreads.DEADLINE));
        }

        assertThat(head(busy).messageCount()).isEqualTo(WAITING + 1);
        assertThat(others).allMatch(other -> head(other).messageCount() == 1);
    }

    @Test
    void a_new_conversation_can_begin_while_another_is_busy_S4() {
        ConversationId busy = start();

        try (var held = new BusyConversation<>(store(), busy,
                Transactions.append(Samples.draft("holds"), Samples.now()))) {
            ConversationId begun = TestThreads.get(TestThreads.start(this::start), SOON);
            assertThat(head(begun).messageCount()).isZero();
            held.release();
        }
    }
}
