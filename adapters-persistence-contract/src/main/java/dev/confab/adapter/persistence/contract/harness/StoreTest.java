package dev.confab.adapter.persistence.contract.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.WebhookStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.WithAssertions;
import org.junit.jupiter.api.AfterEach;

/** Opens the store under test for each test, and closes it. */
abstract class StoreTest implements WithAssertions {
    private final Deque<StoreUnderTest> opened = new ArrayDeque<>();
    private StoreFactory factory = lockTimeout -> {
        throw new IllegalStateException("this test runs only as a part of the suite");
    };

    /** The suite calls this before each test. */
    public final void openWith(StoreFactory factory) {
        this.factory = factory;
    }

    /** Opens the store under test. */
    protected final StoreFactory factory() {
        return factory;
    }

    /** How long a transaction waits for a locked conversation. The default is longer than any test needs. */
    protected Duration lockTimeout() {
        return Duration.ofSeconds(30);
    }

    /** The time limit for anything that must not wait for something else. */
    protected final Duration patience() {
        return factory().patience();
    }

    @AfterEach
    final void closeStores() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** The store of this test, opened on first use. */
    protected final synchronized StoreUnderTest db() {
        return opened.isEmpty() ? opened(factory().open(lockTimeout())) : opened.getLast();
    }

    /** Registers a store to be closed when the test ends. */
    protected final synchronized StoreUnderTest opened(StoreUnderTest store) {
        opened.push(store);
        return store;
    }

    protected final ConversationStore store() {
        return db().store();
    }

    protected final ConversationReader reader() {
        return db().reader();
    }

    protected final SessionReader sessions() {
        return db().sessions();
    }

    protected final StoredConversations everything() {
        return db().stored();
    }

    protected final ApiKeyStore keys() {
        return db().keys(ApiKeyStore.MAX_KEYS);
    }

    protected final WebhookStore webhooks() {
        return db().webhooks(WebhookStore.MAX_WEBHOOKS);
    }

    protected final ImportJobStore importJobs() {
        return db().importJobs(ImportJobStore.MAX_UNFINISHED);
    }

    /** Skips the test if the storage of this store cannot be made to fail. */
    protected final void failNextCommit(Faults.Failure failure) {
        Optional<Faults> faults = db().faults();
        assumeTrue(faults.isPresent(), "the storage of this store cannot be made to fail");
        faults.orElseThrow().failNextCommit(failure);
    }

    /** Runs the task in another thread, within the time limit for tasks that must not wait. */
    protected final <T> T soon(Callable<T> task) {
        return TestThreads.get(TestThreads.start(task), patience());
    }
}
