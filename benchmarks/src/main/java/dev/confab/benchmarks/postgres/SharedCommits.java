package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import java.util.concurrent.atomic.LongAdder;

/** Counts how many transactions share a commit, which decides the throughput on one conversation. */
final class SharedCommits implements WriteObserver {
    private final LongAdder transactions = new LongAdder();
    private final LongAdder commits = new LongAdder();

    @Override
    public void committed(int sharing, long nanos) {
        transactions.add(sharing);
        commits.increment();
    }

    /** The average since the last call. */
    double transactionsPerCommit() {
        return transactions.sumThenReset() / (double) Math.max(1, commits.sumThenReset());
    }
}
