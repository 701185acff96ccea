package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Meters of the store on files: waits, journal batches, forces, checkpoints. */
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
        lockWaits = timer("confab.store.lock.waits", "How long writes waited for other writes to their conversation");
        batchCommits = summary("confab.journal.batch.commits",
                "Commits per journal batch; a batch is forced to the disk at once");
        batchBytes = DistributionSummary.builder("confab.journal.batch").baseUnit("bytes")
                .description("Bytes per journal batch").register(registry);
        forces = timer("confab.journal.forces", "Forces of the journal to the disk");
        checkpoints = timer("confab.checkpoints", "Checkpoints");
        checkpointConversations = summary("confab.checkpoint.conversations", "Conversations per checkpoint");
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

    /** Registers the gauges of an open store. */
    public void watch(FileStore store) {
        Gauge.builder("confab.conversations", store, s -> s.health().conversations())
                .description("Conversations, including the bin").register(registry);
        Gauge.builder("confab.conversations.damaged", store, s -> s.health().damaged().size())
                .description("Conversations that could not be read and are in quarantine").register(registry);
        Gauge.builder("confab.journal.size", store, s -> s.health().journalBytes()).baseUnit("bytes")
                .description("Size of the journal since the last checkpoint").register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).publishPercentileHistogram().register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }
}
