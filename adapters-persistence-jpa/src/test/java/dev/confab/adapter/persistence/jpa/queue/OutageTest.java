package dev.confab.adapter.persistence.jpa.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writers while there is no connection to be had. */
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestStore store = TestStore.open();
    private final Failing pool = new Failing(store.connections().writes());
    private final WriterThreads threads = new WriterThreads(pool, 1, LONG);
    private final TransactionRunner writes = new TransactionRunner(threads, new BatchCommitter(threads, 100, hint -> {
    }, WriteObserver.NONE), new StoredRows(store.sessions()), LONG, System::nanoTime, WriteObserver.NONE);

    /** Refuses connections when the test asks for it. */
    private static final class Failing extends DelegatingDataSource {
        private final AtomicInteger refusals = new AtomicInteger();
        private volatile boolean exhausted;

        Failing(DataSource real) {
            super(real);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (exhausted) {
                refusals.incrementAndGet();
                // As Hikari does when all are in use.
                throw new SQLTransientConnectionException("no connection within the time limit");
            }
            return super.getConnection();
        }
    }

    @AfterEach
    void close() {
        threads.close();
        store.close();
    }

    @Test
    void transactions_that_share_a_commit_wait_for_a_connection_once_and_not_one_after_another() throws Exception {
        int sharing = 8;
        ConversationId id = Samples.newConversationId();
        writes.transact(id, Transactions.begin(Samples.started(id)));
        pool.exhausted = true;
        var gathered = new CountDownLatch(sharing);
        var all = new CountDownLatch(1);
        // Holds the only thread that commits until they share a batch.
        threads.submit(refusal -> awaitUninterruptibly(all));

        List<Future<?>> callers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sharing; i++) {
                callers.add(threads.submit(() -> append(id, gathered)));
            }
            gathered.await();
            // Turns are taken in order: when this work runs, the others have joined the batch.
            callers.add(threads.submit(() -> append(id, all)));
        }

        for (Future<?> caller : callers) {
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(caller::get)
                    .withCauseInstanceOf(StorageUnavailable.class);
        }
        assertThat(pool.refusals).hasValueBetween(1, 2);
    }

    private Object append(ConversationId id, CountDownLatch ran) {
        var append = Transactions.append(Samples.draft("in vain"), Samples.now());
        return writes.transact(id, tx -> {
            ran.countDown();
            return append.apply(tx);
        });
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
