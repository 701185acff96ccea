package dev.confab.application.chatimport.job;

import dev.confab.application.ImportJobs;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.ImportJobStore.Claimed;
import dev.confab.domain.port.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs import jobs on this instance: claims them, renews the claims, and removes jobs that ended long ago.
 *
 * <p>Why a job is run by one instance: it is claimed for a lease, which is renewed after a third of it. If this instance stalls longer, and
 * another one takes over, the run here ends at its next record, which the store refuses; until then both import the same, by the same ids.
 */
public final class ImportWorker implements AutoCloseable {
    private static final int ROUNDS_BETWEEN_REMOVALS = 60;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);

    private final ImportJobStore store;
    private final ChatImportService imports;
    private final InstantSource clock;
    private final Duration lease;
    private final int maxRunning;
    private final UUID holder;
    private final Map<ImportJobId, Thread> running = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread rounds;
    private volatile boolean closed;
    private boolean failing;

    /**
     * @param clock in whole milliseconds
     * @param lease another instance goes on with the jobs of one that has not renewed for this long
     * @param maxRunning how many jobs run at once on this instance
     */
    public ImportWorker(ImportJobStore store, ChatImportService imports, Ids ids, InstantSource clock, Duration lease,
            int maxRunning) {
        this.store = store;
        this.imports = imports;
        this.clock = clock;
        this.lease = lease;
        this.maxRunning = maxRunning;
        this.holder = ids.next();
        this.rounds = Thread.ofVirtual().name("confab-import-claims").unstarted(this::rounds);
    }

    public void start() {
        rounds.start();
    }

    /** A job may be there to run. Returns at once. */
    public void wake() {
        wake.release();
    }

    /** The jobs that run here now. */
    public int running() {
        return running.size();
    }

    private void rounds() {
        try {
            for (int round = 0; !closed; round++) {
                round(round % ROUNDS_BETWEEN_REMOVALS == 0);
                var _ = wake.tryAcquire(lease.toMillis() / 3, TimeUnit.MILLISECONDS);
                var _ = wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean remove) {
        try {
            Instant now = clock.instant();
            Instant until = now.plus(lease);
            // Those whose run ended because the store failed run again.
            store.renew(holder, until).forEach(this::begin);
            int free = maxRunning - running.size();
            if (free > 0) {
                store.claim(holder, now, until, free).forEach(this::begin);
            }
            if (remove) {
                var _ = store.removeEndedBefore(now.minus(Duration.ofDays(ImportJobs.DAYS_KEPT)));
            }
            failing = false;
        } catch (StorageException e) {
            if (!failing) {
                LOG.warn("Imports cannot be claimed now; trying again every {} s: {}", lease.toSeconds() / 3,
                        e.getMessage());
            }
            failing = true;
        }
    }

    private void begin(Claimed claimed) {
        ImportJobId id = claimed.job().id();
        // A platform thread: reading a large file would occupy a carrier of virtual ones.
        Thread thread = Thread.ofPlatform().daemon().name("confab-import-" + id).unstarted(() -> run(claimed));
        if (!closed && running.putIfAbsent(id, thread) == null) {
            thread.start();
        }
    }

    private void run(Claimed claimed) {
        ImportJobId id = claimed.job().id();
        try {
            new ImportRun(store, imports, clock, holder, claimed, () -> !closed).run();
            running.remove(id);
            wake();
        } catch (StorageException e) {
            LOG.warn("Import {} is interrupted; trying again in {} s at most: {}", id, lease.toSeconds() / 3,
                    e.getMessage());
        } finally {
            running.remove(id);
        }
    }

    /** Ends the runs after their chats, for a few seconds. Only then may other instances take over at once. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            rounds.join(LONGEST_CLOSE);
            boolean isIdle = !rounds.isAlive();
            for (Thread run : running.values()) {
                isIdle &= run.join(LONGEST_CLOSE);
            }
            if (isIdle) {
                store.release(holder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StorageException e) {
            LOG.warn("The claims of imports could not be released; other instances go on in {} s: {}",
                    lease.toSeconds(), e.getMessage());
        }
    }
}
