package dev.confab.adapter.persistence.file.journal;

import java.util.concurrent.CompletableFuture;

/** A task for the journal's thread. */
sealed interface JournalTask {
    /** Makes a commit durable. */
    record Write(PendingCommit commit) implements JournalTask {
    }

    /** Ends the segment. */
    record Rotate(CompletableFuture<EndedSegments> done) implements JournalTask {
    }

    /** Checks whether a commit could be written. */
    record Probe(CompletableFuture<Boolean> done) implements JournalTask {
    }

    /** Ends the thread. */
    record Stop() implements JournalTask {
    }
}
