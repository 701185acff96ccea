package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStoreObserver;
import java.util.concurrent.atomic.AtomicLong;

/** Learns from the store how long a journal line of one commit is, so that the bare loop writes the same bytes. */
final class LineLength implements FileStoreObserver {
    private final AtomicLong lastOfOneCommit = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();

    @Override
    public void batchForced(int count, long bytes, long forceNanos) {
        if (count == 1) {
            lastOfOneCommit.set(bytes);
        }
        commits.addAndGet(count);
        batches.incrementAndGet();
    }

    /** Of the latest commit that had a line of its own. */
    int bytes() {
        int bytes = Math.toIntExact(lastOfOneCommit.get());
        if (bytes == 0) {
            throw new IllegalStateException("the store has not forced a line yet");
        }
        return bytes;
    }

    /** Over all batches so far. */
    double commitsPerBatch() {
        return (double) commits.get() / Math.max(1, batches.get());
    }
}
