package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStoreObserver;
import java.util.concurrent.atomic.AtomicLong;

/** Observes how long a journal line with one commit is, so that the bare loop writes the same number of bytes. */
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

    /** The length of the latest line that had one commit. */
    int bytes() {
        int bytes = Math.toIntExact(lastOfOneCommit.get());
        if (bytes == 0) {
            throw new IllegalStateException("the store has not forced a line yet");
        }
        return bytes;
    }

    double commitsPerBatch() {
        return (double) commits.get() / Math.max(1, batches.get());
    }
}
