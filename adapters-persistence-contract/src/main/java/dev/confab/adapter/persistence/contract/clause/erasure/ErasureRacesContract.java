package dev.confab.adapter.persistence.contract.clause.erasure;

import static dev.confab.adapter.persistence.contract.sample.Samples.newConversationId;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** E2 to E4 under concurrent calls, through two instances where the store can have several. */
public abstract class ErasureRacesContract extends ContractTest {
    private static final int ROUNDS = 12;
    private static final int THREADS = 8;

    @Test
    void requests_that_began_before_an_erasure_and_commit_during_it_leave_no_data_E2() {
        List<StoreUnderTest> instances = List.of(db(), opened(db().another()));
        for (int round = 0; round < ROUNDS; round++) {
            var together = new CyclicBarrier(THREADS);
            TestThreads.run(THREADS, thread -> {
                StoreUnderTest instance = instances.get(thread % 2);
                FencingToken before = instance.store().token(ALICE);
                TestThreads.await(together);
                if (thread == 0) {
                    return instance.eraser().erase(ALICE).conversations();
                }
                return created(instance.store(), before, 5);
            });
            assertThat(list(ALICE, Sort.CREATED)).as("conversations after round %s", round).isEmpty();
        }
    }

    /** The strictest form: the erasure has returned, and what began before goes on and on. */
    @Test
    void nothing_of_the_owner_is_ever_seen_after_an_erasure_while_earlier_requests_go_on_E2() {
        List<StoreUnderTest> instances = List.of(db(), opened(db().another()));
        var stop = new AtomicBoolean();
        var together = new CyclicBarrier(THREADS);
        TestThreads.run(THREADS, thread -> {
            StoreUnderTest instance = instances.get(thread % 2);
            FencingToken before = instance.store().token(ALICE);
            ConversationId old = create(Samples.started(newConversationId())).id();
            TestThreads.await(together);
            if (thread == 0) {
                try {
                    instance.eraser().erase(ALICE);
                    for (int look = 0; look < 50; look++) {
                        assertThat(list(ALICE, Sort.CREATED)).isEmpty();
                        assertThat(instances.get(1).reader().find(old, now())).isEmpty();
                    }
                } finally {
                    stop.set(true);
                }
                return 0;
            }
            int refused = 0;
            while (TestThreads.noneFailed() && !stop.get()) {
                refused += 1 - created(instance.store(), before, 1);
                append(instance.store(), old);
            }
            return refused;
        });
        assertThat(list(ALICE, Sort.CREATED)).isEmpty();
    }

    @Test
    void of_several_erasures_at_once_each_conversation_is_counted_by_one_E3() {
        List<StoreUnderTest> instances = List.of(db(), opened(db().another()));
        for (int round = 0; round < 4; round++) {
            IntStream.range(0, 20).forEach(_ -> start());

            List<Integer> counts = TestThreads.run(4,
                    thread -> instances.get(thread % 2).eraser().erase(ALICE).conversations());

            assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
            assertThat(list(ALICE, Sort.CREATED)).isEmpty();
        }
    }

    @Test
    void the_requests_of_others_succeed_while_an_owner_is_erased_E4() {
        List<StoreUnderTest> instances = List.of(db(), opened(db().another()));
        var done = new AtomicBoolean();
        Queue<ConversationId> made = new ConcurrentLinkedQueue<>();
        TestThreads.run(4, thread -> {
            ConversationStore store = instances.get(thread % 2).store();
            if (thread == 0) {
                try {
                    for (int n = 0; n < 10; n++) {
                        start();
                        db().eraser().erase(ALICE);
                    }
                } finally {
                    done.set(true);
                }
                return thread;
            }
            do {
                Creation first = Samples.started(newConversationId(), BOB, Optional.empty());
                store.transact(first.conversationId(), Transactions.begin(first, store.token(BOB)));
                made.add(first.conversationId());
            } while (TestThreads.noneFailed() && !done.get() && made.size() < 60);
            return thread;
        });
        assertThat(list(BOB, Sort.CREATED)).extracting(Conversation::id).containsExactlyInAnyOrderElementsOf(made);
    }

    /** Creates so many conversations of Alice, as one request after another with the same token would, and returns how many. */
    private static int created(ConversationStore store, FencingToken token, int times) {
        int created = 0;
        for (int n = 0; n < times; n++) {
            Creation first = Samples.started(newConversationId());
            try {
                store.transact(first.conversationId(), Transactions.begin(first, token));
                created++;
            } catch (OwnerErased refused) {
                // The purpose of the erasure.
            }
        }
        return created;
    }

    private static void append(ConversationStore store, ConversationId id) {
        try {
            store.transact(id, Transactions.append(draft("late"), now()));
        } catch (ConversationNotFound erased) {
            // Appends need no fence: without its conversation nothing is recorded.
        }
    }
}
