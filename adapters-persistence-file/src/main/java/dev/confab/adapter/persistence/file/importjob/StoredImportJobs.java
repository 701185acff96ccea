package dev.confab.adapter.persistence.file.importjob;

import dev.confab.adapter.persistence.file.disk.ChangeThread;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.GuardedWrites;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.importjob.ImportJobFiles.Part;
import dev.confab.adapter.persistence.file.importjob.ImportJobFiles.Place;
import dev.confab.adapter.persistence.file.memory.OwnerFences;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All import jobs in memory, and the changes of their files.
 *
 * <p>Why it is right: one thread makes all changes, each on the result of the previous one, and publishes a change only when it is durable.
 * The state of a job is one file that is replaced, and says how much of its report is valid; so progress, plan and report change together.
 * An upload has another name until its job is stored, and no job names it before.
 */
public final class StoredImportJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredImportJobs.class);

    private final Disk disk;
    private final Layout layout;
    private final ImportJobFiles files;
    private final GuardedWrites writes;
    private final OwnerFences fences;
    private final ChangeThread thread;
    private final Map<ImportJobId, HeldImportJob> jobs = new ConcurrentHashMap<>();
    /** Where the part behind the last one that was read begins: reports are read part by part. */
    private final Map<ImportJobId, Place> lastRead = new ConcurrentHashMap<>();
    private final AtomicLong uploads = new AtomicLong();

    /** Reads the jobs of the directory. {@code timeLimit} is for a change, from its call to its end. */
    public StoredImportJobs(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, OwnerFences fences,
            Duration timeLimit) throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.files = new ImportJobFiles(disk, layout);
        this.writes = new GuardedWrites(disk, layout, lock, health, "imports");
        this.fences = fences;
        this.thread = new ChangeThread("confab-imports", "imports", timeLimit);
        files.read().forEach(held -> jobs.put(held.job().id(), held));
    }

    Optional<HeldImportJob> find(ImportJobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    Collection<HeldImportJob> all() {
        return jobs.values();
    }

    /** The newest first. */
    Stream<ImportJob> ofOwner(OwnerId owner) {
        return jobs.values().stream().map(HeldImportJob::job).filter(job -> job.owner().equals(owner))
                .sorted(Comparator.comparing(ImportJob::createdAt).reversed().thenComparing(ImportJob::id));
    }

    /** Runs a change that no other one runs beside. */
    <R> R alone(Supplier<R> change) {
        return thread.run(change);
    }

    /** An upload that begins. */
    Upload upload() {
        writes.refuseIfStopped();
        writes.prepare(files::createDirectory);
        return new Upload(disk, layout.importUpload(uploads.incrementAndGet()));
    }

    /** Makes the upload durable. Not within a change: a long file takes the disk some time. */
    void force(Upload upload) {
        try {
            // On a thread of its own: an interrupt would end the force, and a force that failed stops the store.
            CompletableFuture.runAsync(() -> writes.prepare(upload::force), Thread::startVirtualThread).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageUnavailable unavailable ? unavailable : e;
        }
    }

    /** Within a change: stores a new job with its upload. */
    void add(FencingToken token, ImportJob job, Upload upload) {
        if (fences.token(token.owner()).number() > token.number()) {
            throw new OwnerErased(token.owner());
        }
        var held = new HeldImportJob(job, token.number(), "", 0, 0, Optional.empty());
        writes.refuseIfStopped();
        writes.prepare(() -> disk.rename(upload.path(), layout.importFile(job.id())));
        writes.replace(layout.imports(), () -> files.replace(held));
        jobs.put(job.id(), held);
    }

    /** Within a change: replaces the state of a job, after adding the part to its report unless it is empty. */
    void write(HeldImportJob next, String part) {
        writes.refuseIfStopped();
        byte[] frame = ImportJobFiles.frame(part);
        HeldImportJob recorded = next.recorded(next.plan(), frame.length);
        if (frame.length > 0) {
            writes.prepare(() -> files.append(next, frame));
        }
        writes.replace(layout.imports(), () -> files.replace(recorded));
        jobs.put(next.job().id(), recorded);
        if (next.job().isFinished()) {
            delete(layout.importFile(next.job().id()));
        }
    }

    /** Within a change: a claim, which is in memory only. */
    void claim(HeldImportJob next) {
        jobs.put(next.job().id(), next);
    }

    /** Within a change: removes the jobs with their files. */
    void remove(List<ImportJobId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        writes.refuseIfStopped();
        writes.replace(layout.imports(), () -> {
            for (ImportJobId id : ids) {
                files.delete(id);
            }
        });
        ids.forEach(jobs::remove);
        ids.forEach(lastRead::remove);
    }

    private void delete(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            LOG.warn("File store: {} could not be deleted; the next start tries again: {}", file.getFileName(),
                    IoReason.of(e));
        }
    }

    /** A part of a report that has it. */
    String part(ImportJobId id, int part) {
        Place known = lastRead.getOrDefault(id, Place.FIRST);
        try {
            Part read = files.part(id, part, known.part() <= part ? known : Place.FIRST);
            lastRead.put(id, read.next());
            return read.text();
        } catch (IOException e) {
            throw new StorageUnavailable("the report of an import cannot be read: " + IoReason.of(e), e);
        }
    }

    /** The uploaded file of a job; its reads throw {@link StorageUnavailable} when it is gone. */
    Upload file(ImportJobId id) {
        return new Upload(disk, layout.importFile(id));
    }

    /** Ends the running change. Later changes get {@code StorageUnavailable}; reads go on. */
    @Override
    public void close() {
        thread.close();
    }
}
