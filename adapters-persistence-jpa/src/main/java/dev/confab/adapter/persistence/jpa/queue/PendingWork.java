package dev.confab.adapter.persistence.jpa.queue;

import java.util.concurrent.CompletableFuture;

/** A transaction function that waits for its commit or, if it recorded nothing, until what it saw is confirmed. */
record PendingWork(boolean recorded, CompletableFuture<CommitOutcome> outcome) {
    PendingWork(boolean recorded) {
        this(recorded, new CompletableFuture<>());
    }

    void complete(CommitOutcome ofBatch) {
        outcome.complete(ofBatch.of(this));
    }

    /**
     * Waits, whatever interrupts the caller, since the change is being committed. The wait is bounded: thread,
     * connection, statement and socket of the commit have time limits.
     */
    CommitOutcome await() {
        return outcome.join();
    }
}
