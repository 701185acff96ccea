package dev.confab.adapter.persistence.contract.harness;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A conversation kept busy by a work that has recorded something and does not end before it is released. */
public final class BusyConversation<R> implements AutoCloseable {
    private final CountDownLatch release = new CountDownLatch(1);
    private final Future<R> outcome;

    /** Returns once the work has recorded and stands still. */
    public BusyConversation(ConversationStore store, ConversationId id, Function<ConversationTransaction, R> work) {
        var recorded = new CountDownLatch(1);
        this.outcome = TestThreads.start(() -> store.transact(id, tx -> {
            R result = work.apply(tx);
            recorded.countDown();
            TestThreads.await(release);
            return result;
        }));
        TestThreads.await(recorded);
    }

    /** Lets the work end, and gives what its transact returned. */
    public R release() {
        release.countDown();
        return TestThreads.get(outcome, TestThreads.DEADLINE);
    }

    @Override
    public void close() {
        release.countDown();
    }
}
