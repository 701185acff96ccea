package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.reference.StoredImportJob.Claim;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.PiecedFile;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The simplest correct {@link ImportJobStore}, in memory. The storage lets one change at a time replace all jobs. */
public class ReferenceImportJobStore implements ImportJobStore {
    private final ReferenceStorage storage;
    private final int limit;

    /** @param limit how many unfinished jobs an owner may have */
    public ReferenceImportJobStore(ReferenceStorage storage, int limit) {
        this.storage = storage;
        this.limit = limit;
    }

    protected final ReferenceStorage storage() {
        return storage;
    }

    /** The jobs that this instance sees. */
    protected NavigableMap<ImportJobId, StoredImportJob> jobs() {
        return storage.importJobs();
    }

    @Override
    public ImportJob create(FencingToken token, String fileName, ByteSource content,
            Function<ChatFile, ImportJob> complete) {
        List<Byte> file = bytes(content);
        ImportJob made = complete.apply(file(fileName, file));
        return storage.changeImportJobs(token, all -> {
            StoredImportJob present = all.get(made.id());
            if (present != null) {
                if (!present.job().isSameRequest(made)) {
                    throw new ImportJobIdReused(made.id());
                }
                return present.job();
            }
            if (ownedBy(all, made.owner()).filter(each -> !each.isFinished()).count() >= limit) {
                throw new TooManyImportJobs(limit);
            }
            ownedBy(all, made.owner()).filter(ImportJob::isFinished).skip(MAX_KEPT - 1L).map(ImportJob::id)
                    .toList().forEach(all::remove);
            all.put(made.id(), new StoredImportJob(made, token, Optional.of(file), List.of(), "", Optional.empty()));
            return made;
        });
    }

    private static List<Byte> bytes(ByteSource content) {
        var bytes = new ArrayList<Byte>();
        byte[] some = new byte[8_192];
        for (int read; (read = content.read(some, 0, some.length)) > 0;) {
            for (int i = 0; i < read; i++) {
                bytes.add(some[i]);
            }
        }
        return List.copyOf(bytes);
    }

    private static ChatFile file(String name, List<Byte> all) {
        return new PiecedFile(name, all.size(), number -> {
            List<Byte> piece = all.subList(number * PiecedFile.PIECE,
                    Math.min(all.size(), (number + 1) * PiecedFile.PIECE));
            byte[] bytes = new byte[piece.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = piece.get(i);
            }
            return bytes;
        });
    }

    private static Stream<ImportJob> ownedBy(NavigableMap<ImportJobId, StoredImportJob> all, OwnerId owner) {
        return all.values().stream().map(StoredImportJob::job).filter(job -> job.owner().equals(owner))
                .sorted(Comparator.comparing(ImportJob::createdAt).reversed().thenComparing(ImportJob::id));
    }

    @Override
    public Optional<ImportJob> find(OwnerId owner, ImportJobId id) {
        return stored(owner, id).map(StoredImportJob::job);
    }

    protected Optional<StoredImportJob> stored(OwnerId owner, ImportJobId id) {
        return Optional.ofNullable(jobs().get(id)).filter(each -> each.job().owner().equals(owner));
    }

    @Override
    public List<ImportJob> list(OwnerId owner) {
        return ownedBy(jobs(), owner).toList();
    }

    @Override
    public Optional<ImportJob> cancel(OwnerId owner, ImportJobId id, Instant now) {
        return storage.changeImportJobs(all -> Optional.ofNullable(all.get(id))
                .filter(each -> each.job().owner().equals(owner)).map(each -> {
                    StoredImportJob cancelled = each.with(each.job().cancel(now));
                    all.put(id, cancelled);
                    return cancelled.job();
                }));
    }

    @Override
    public Optional<String> report(OwnerId owner, ImportJobId id, int part) {
        return stored(owner, id).filter(each -> part < each.report().size()).map(each -> each.report().get(part));
    }

    @Override
    public List<Claimed> claim(UUID holder, Instant now, Instant until, int limit) {
        return storage.changeImportJobs(all -> {
            List<StoredImportJob> free = all.values().stream()
                    .filter(each -> !each.job().isFinished() && !each.isHeldBy(holder) && isFree(each, now))
                    .sorted(Comparator.comparing((StoredImportJob each) -> each.job().createdAt())
                            .thenComparing(each -> each.job().id()))
                    .limit(limit).map(each -> each.with(each.job().running())
                            .with(Optional.of(new Claim(holder, until))))
                    .toList();
            free.forEach(each -> all.put(each.job().id(), each));
            return free.stream().map(StoredImportJob::claimed).toList();
        });
    }

    protected boolean isFree(StoredImportJob job, Instant now) {
        return job.claim().map(claim -> !claim.until().isAfter(now)).orElse(true);
    }

    @Override
    public List<Claimed> renew(UUID holder, Instant until) {
        return storage.changeImportJobs(all -> {
            List<StoredImportJob> held = all.values().stream().filter(each -> each.isHeldBy(holder)).toList();
            held.forEach(each -> all.put(each.job().id(), each.with(Optional.of(new Claim(holder, until)))));
            return held.stream().map(StoredImportJob::claimed).toList();
        });
    }

    @Override
    public void release(UUID holder) {
        storage.changeImportJobs(all -> {
            all.replaceAll((_, each) -> each.isHeldBy(holder) ? each.with(Optional.<Claim>empty()) : each);
            return holder;
        });
    }

    @Override
    public ChatFile file(ImportJob job) {
        return file(job.parameters().fileName(), Optional.ofNullable(jobs().get(job.id()))
                .flatMap(StoredImportJob::file)
                .orElseThrow(() -> new StorageUnavailable("the file of import " + job.id() + " is gone")));
    }

    @Override
    public String plan(ImportJobId id) {
        return Optional.ofNullable(jobs().get(id)).map(StoredImportJob::plan).orElse("");
    }

    @Override
    public Optional<ImportJob> record(UUID holder, ImportJobId id, String progress, String part, String plan) {
        return changeHeld(holder, id,
                each -> each.with(each.job().withProgress(progress)).recorded(part, plan))
                .map(StoredImportJob::job);
    }

    @Override
    public boolean finish(UUID holder, ImportJob ended, String part) {
        return changeHeld(holder, ended.id(), each -> each.with(each.job().withProgress(ended.progress()).ended(
                ended.state(), ended.failure(), ended.finishedAt().orElseThrow())).recorded(part, "")).isPresent();
    }

    /** Changes the job if the holder has it. */
    protected Optional<StoredImportJob> changeHeld(UUID holder, ImportJobId id,
            Function<StoredImportJob, StoredImportJob> change) {
        return storage.changeImportJobs(all -> {
            Optional<StoredImportJob> changed = Optional.ofNullable(all.get(id)).filter(each -> each.isHeldBy(holder))
                    .map(change);
            changed.ifPresent(next -> all.put(id, next));
            return changed;
        });
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return storage.changeImportJobs(all -> removed(all, owner));
    }

    private static int removed(NavigableMap<ImportJobId, StoredImportJob> all, OwnerId owner) {
        int before = all.size();
        all.values().removeIf(each -> each.job().owner().equals(owner));
        return before - all.size();
    }

    @Override
    public int removeEndedBefore(Instant time) {
        return storage.changeImportJobs(all -> {
            int before = all.size();
            all.values().removeIf(each -> each.job().finishedAt().filter(end -> end.isBefore(time)).isPresent());
            return before - all.size();
        });
    }
}
