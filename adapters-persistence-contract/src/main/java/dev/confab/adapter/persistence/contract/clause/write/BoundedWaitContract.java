package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.BusyConversation;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S8: waits are bounded. */
public abstract class BoundedWaitContract extends ContractTest {
    @Override
    protected final Duration lockTimeout() {
        return Duration.ofMillis(300);
    }

    @Test
    void a_transaction_function_that_waits_too_long_never_runs_S8() {
        ConversationId id = start();
        var ran = new AtomicInteger();

        try (var held = BusyConversation.appending(store(), id)) {
            List<Future<Message>> waiting = IntStream.range(0, 20)
                    .mapToObj(n -> TestThreads.start(() -> store().transact(id, counted(ran)))).toList();
            for (Future<Message> future : waiting) {
                assertThatThrownBy(() -> TestThreads.get(future, patience())).isInstanceOf(LockTimeout.class);
            }
            held.release();
        }

        assertThat(ran).hasValue(0);
        assertThat(texts(id)).containsExactly("holds");
        assertThat(append(id, "after").position()).isEqualTo(2);
    }

    @Test
    void an_interrupt_ends_the_wait_with_a_lock_timeout_and_stays_set_S8() {
        StoreUnderTest patient = opened(factory().open(TestThreads.DEADLINE));
        ConversationId id = Samples.newConversationId();
        patient.store().transact(id, Transactions.begin(Samples.started(id)));
        var ran = new AtomicInteger();
        var thread = new AtomicReference<>(Thread.currentThread());
        var started = new CountDownLatch(1);

        try (var held = BusyConversation.appending(patient.store(), id)) {
            Future<Boolean> interrupted = TestThreads.start(() -> {
                thread.set(Thread.currentThread());
                started.countDown();
                assertThatThrownBy(() -> patient.store().transact(id, counted(ran))).isInstanceOf(LockTimeout.class);
                return Thread.currentThread().isInterrupted();
            });
            Future<Message> patientOne = TestThreads
                    .start(() -> patient.store().transact(id, Transactions.append(draft("waits"), now())));
            TestThreads.await(started);
            thread.get().interrupt();
            assertThat(TestThreads.get(interrupted, patience())).isTrue();
            assertThat(patientOne.isDone()).isFalse();
            held.release();
            TestThreads.get(patientOne, patience());
        }

        assertThat(patient.reader().find(id, now()).map(Conversation::messageCount)).contains(2);
        assertThat(ran).hasValue(0);
    }

    @Test
    void an_interrupt_of_a_running_transaction_does_not_end_it_and_stays_set_S8() {
        ConversationId id = start();

        boolean interrupted = soon(() -> {
            store().transact(id, Transactions.append(draft("interrupted"), now()).andThen(message -> {
                Thread.currentThread().interrupt();
                return message;
            }));
            return Thread.currentThread().isInterrupted();
        });

        assertThat(interrupted).isTrue();
        assertThat(texts(id)).containsExactly("interrupted");
        assertThat(append(id, "next").position()).isEqualTo(2);
    }

    @Test
    void a_transaction_function_that_throws_releases_its_conversation_S8() {
        ConversationId id = start();

        for (int n = 0; n < 10; n++) {
            assertThatIllegalStateException().isThrownBy(() -> soon(() -> store().transact(id, tx -> {
                throw new IllegalStateException("gives up");
            })));
        }

        assertThat(append(id, "next").position()).isEqualTo(1);
    }

    private static Function<ConversationTransaction, Message> counted(AtomicInteger ran) {
        Function<ConversationTransaction, Message> work = Transactions.append(draft("too late"), now());
        return tx -> {
            ran.incrementAndGet();
            return work.apply(tx);
        };
    }
}
