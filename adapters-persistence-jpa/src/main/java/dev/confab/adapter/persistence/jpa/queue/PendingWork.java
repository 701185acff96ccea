package dev.confab.adapter.persistence.jpa.queue;

import java.util.concurrent.CompletableFuture;

/**
 * A transaction function that has run and waits for the outcome of its commit.
 *
 * @param recorded whether it recorded anything; if not, it waits until what it saw is confirmed
 */
record PendingWork(boolean recorded, CompletableFuture<CommitOutcome> outcome) {
    PendingWork(boolean recorded) {
        this(recorded, new CompletableFuture<>());
    }

    void complete(CommitOutcome ofBatch) {
        outcome.complete(ofBatch.of(this));
    }

    /**
     * Waits, whatever interrupts the caller: the function's change is being committed. The wait is bounded, since
     * each step of a writer thread has a time limit: waiting for the thread, for the connection, for the statement
     * and for the socket.
     */
    CommitOutcome await() {
        return outcome.join();
    }
}
