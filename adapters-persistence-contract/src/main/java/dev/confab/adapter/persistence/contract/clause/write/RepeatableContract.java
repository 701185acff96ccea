package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** S9: a transaction function may run more than once; the caller gets the result of the run whose events are stored. */
public abstract class RepeatableContract extends ContractTest {

    @Test
    void a_transaction_function_that_runs_twice_is_recorded_once_S9() {
        ConversationStore twice = new RunTwice(store());
        ConversationId id = Samples.newConversationId();
        var runs = new AtomicInteger();

        twice.transact(id, Transactions.begin(Samples.started(id)));
        Message appended = twice.transact(id, Transactions.append(draft("once"), now()).andThen(message -> {
            runs.incrementAndGet();
            return message;
        }));

        assertThat(runs).hasValueGreaterThanOrEqualTo(2);
        assertThat(messages(id)).containsExactly(appended);
        assertThat(head(id).version().value()).isEqualTo(2);
    }

    @Test
    void transaction_functions_of_many_threads_that_run_twice_are_recorded_once_each_S9() {
        ConversationStore twice = new RunTwice(store());
        ConversationId id = start();

        TestThreads.repeat(16, 5,
                (thread, n) -> twice.transact(id, Transactions.append(draft(thread + "/" + n), now())));

        assertThat(texts(id)).hasSize(80).doesNotHaveDuplicates();
        assertPositions(messages(id), 80);
    }

    @Test
    void transact_returns_the_result_of_the_run_that_is_stored_S9() {
        ConversationId id = start();
        var runs = new AtomicInteger();

        int released = new RunTwice(store()).transact(id, tx -> {
            int run = runs.incrementAndGet();
            tx.record(tx.conversation().append(draft("run " + run), now()));
            return run;
        });

        assertThat(texts(id)).containsExactly("run " + released);
    }
}
