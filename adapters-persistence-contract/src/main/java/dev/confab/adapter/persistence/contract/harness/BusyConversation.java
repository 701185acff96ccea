package dev.confab.adapter.persistence.contract.harness;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Keeps a conversation locked: a transaction function has recorded events and waits for {@link #release}. */
public final class BusyConversation<R> implements AutoCloseable {
    private final CountDownLatch release = new CountDownLatch(1);
    private final Future<R> outcome;

    /** Returns when the transaction function has recorded its events and is waiting. */
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

    /** A conversation that is locked by an append. */
    public static BusyConversation<Message> appending(ConversationStore store, ConversationId id) {
        return new BusyConversation<>(store, id, Transactions.append(Samples.draft("holds"), Samples.now()));
    }

    /** Lets the transaction function return, and returns what {@code transact} returned. */
    public R release() {
        release.countDown();
        return TestThreads.get(outcome, TestThreads.DEADLINE);
    }

    @Override
    public void close() {
        release.countDown();
    }
}
