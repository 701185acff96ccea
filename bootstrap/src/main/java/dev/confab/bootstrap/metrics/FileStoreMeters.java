package dev.confab.bootstrap.metrics;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the store on files tells of its inside: waits, journal batches, forces, checkpoints. */
public final class FileStoreMeters implements FileStoreObserver {
    private final MeterRegistry registry;
    private final Timer lockWaits;
    private final DistributionSummary batchCommits;
    private final DistributionSummary batchBytes;
    private final Timer forces;
    private final Timer checkpoints;
    private final DistributionSummary checkpointConversations;

    public FileStoreMeters(MeterRegistry registry) {
        this.registry = registry;
        lockWaits = timer("confab.store.lock.waits", "Waits of writes for their conversation");
        batchCommits = summary("confab.journal.batch.commits", "Commits a journal batch, forced together");
        batchBytes = DistributionSummary.builder("confab.journal.batch").baseUnit("bytes")
                .description("Bytes a journal batch").register(registry);
        forces = timer("confab.journal.forces", "Forces of the journal to the disk");
        checkpoints = timer("confab.checkpoints", "Checkpoints");
        checkpointConversations = summary("confab.checkpoint.conversations", "Conversations a checkpoint");
    }

    @Override
    public void lockWaited(long nanos) {
        lockWaits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void batchForced(int commits, long bytes, long forceNanos) {
        batchCommits.record(commits);
        batchBytes.record((double) bytes);
        forces.record(forceNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void checkpointed(int conversations, long nanos) {
        checkpointConversations.record(conversations);
        checkpoints.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Adds the gauges of a store that is open. */
    public void watch(FileStore store) {
        Gauge.builder("confab.conversations", store, s -> s.health().conversations())
                .description("Conversations, the bin's included").register(registry);
        Gauge.builder("confab.conversations.damaged", store, s -> s.health().damaged().size())
                .description("Conversations that could not be read and stand in quarantine").register(registry);
        Gauge.builder("confab.journal.size", store, s -> s.health().journalBytes()).baseUnit("bytes")
                .description("The journal that is not yet checkpointed").register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).publishPercentileHistogram().register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }
}
