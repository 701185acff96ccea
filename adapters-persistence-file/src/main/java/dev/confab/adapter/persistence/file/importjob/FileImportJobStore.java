package dev.confab.adapter.persistence.file.importjob;

import dev.confab.adapter.persistence.file.importjob.HeldImportJob.Claim;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.ImportJobStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The import jobs of a data directory. Claims are in memory only: no other process runs jobs while this one has the directory.
 *
 * @param limit how many unfinished jobs an owner may have
 */
public record FileImportJobStore(StoredImportJobs stored, int limit) implements ImportJobStore {
    private static final Comparator<HeldImportJob> OLDEST_FIRST = Comparator
            .comparing((HeldImportJob held) -> held.job().createdAt()).thenComparing(held -> held.job().id());

    @Override
    public ImportJob create(FencingToken token, String fileName, ByteSource content,
            Function<ChatFile, ImportJob> complete) {
        try (Upload upload = stored.upload()) {
            long size = upload.write(content);
            ImportJob made = complete.apply(upload.file(fileName, size));
            stored.force(upload);
            return stored.alone(() -> create(token, made, upload));
        }
    }

    private ImportJob create(FencingToken token, ImportJob made, Upload upload) {
        Optional<ImportJob> present = stored.find(made.id()).map(HeldImportJob::job);
        if (present.isPresent()) {
            return present.filter(each -> each.isSameRequest(made))
                    .orElseThrow(() -> new ImportJobIdReused(made.id()));
        }
        if (stored.ofOwner(made.owner()).filter(each -> !each.isFinished()).count() >= limit) {
            throw new TooManyImportJobs(limit);
        }
        stored.remove(stored.ofOwner(made.owner()).filter(ImportJob::isFinished).skip(MAX_KEPT - 1L)
                .map(ImportJob::id).toList());
        stored.add(token, made, upload);
        return made;
    }

    @Override
    public Optional<ImportJob> find(OwnerId owner, ImportJobId id) {
        return held(owner, id).map(HeldImportJob::job);
    }

    private Optional<HeldImportJob> held(OwnerId owner, ImportJobId id) {
        return stored.find(id).filter(each -> each.job().owner().equals(owner));
    }

    @Override
    public List<ImportJob> list(OwnerId owner) {
        return stored.ofOwner(owner).toList();
    }

    @Override
    public Optional<ImportJob> cancel(OwnerId owner, ImportJobId id, Instant now) {
        return stored.alone(() -> held(owner, id).map(held -> {
            ImportJob cancelled = held.job().cancel(now);
            if (!cancelled.equals(held.job())) {
                stored.write(held.with(cancelled), "");
            }
            return cancelled;
        }));
    }

    @Override
    public Optional<String> report(OwnerId owner, ImportJobId id, int part) {
        return held(owner, id).filter(held -> part < held.parts()).map(_ -> stored.part(id, part));
    }

    @Override
    public List<Claimed> claim(UUID holder, Instant now, Instant until, int limit) {
        return changeClaims(held -> held.isFreeFor(holder, now), limit, held -> held.with(held.job().running())
                .with(Optional.of(new Claim(holder, until))));
    }

    @Override
    public List<Claimed> renew(UUID holder, Instant until) {
        return changeClaims(held -> held.isHeldBy(holder), Integer.MAX_VALUE,
                held -> held.with(Optional.of(new Claim(holder, until))));
    }

    @Override
    public void release(UUID holder) {
        var _ = changeClaims(held -> held.isHeldBy(holder), Integer.MAX_VALUE,
                held -> held.with(Optional.<Claim>empty()));
    }

    private List<Claimed> changeClaims(Predicate<HeldImportJob> which, int limit,
            UnaryOperator<HeldImportJob> change) {
        return stored.alone(() -> {
            List<HeldImportJob> changed = stored.all().stream().filter(which).sorted(OLDEST_FIRST).limit(limit)
                    .map(change).toList();
            changed.forEach(stored::claim);
            return changed.stream().map(HeldImportJob::claimed).toList();
        });
    }

    @Override
    public ChatFile file(ImportJob job) {
        return stored.file(job.id()).file(job.parameters().fileName(), job.size());
    }

    @Override
    public String plan(ImportJobId id) {
        return stored.find(id).map(HeldImportJob::plan).orElse("");
    }

    @Override
    public Optional<ImportJob> record(UUID holder, ImportJobId id, String progress, String part, String plan) {
        return changeHeld(holder, id, held -> held.with(held.job().withProgress(progress)).recorded(plan, 0), part);
    }

    @Override
    public boolean finish(UUID holder, ImportJob ended, String part) {
        return changeHeld(holder, ended.id(), held -> held.with(held.job().withProgress(ended.progress())
                .ended(ended.state(), ended.failure(), ended.finishedAt().orElseThrow())).recorded("", 0), part)
                .isPresent();
    }

    private Optional<ImportJob> changeHeld(UUID holder, ImportJobId id, UnaryOperator<HeldImportJob> change,
            String part) {
        return stored.alone(() -> stored.find(id).filter(held -> held.isHeldBy(holder)).map(change).map(next -> {
            stored.write(next, part);
            return next.job();
        }));
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return removeIf(held -> held.job().owner().equals(owner));
    }

    @Override
    public int removeEndedBefore(Instant time) {
        return removeIf(held -> held.job().finishedAt().filter(end -> end.isBefore(time)).isPresent());
    }

    private int removeIf(Predicate<HeldImportJob> which) {
        return stored.alone(() -> {
            List<ImportJobId> removed = stored.all().stream().filter(which).map(held -> held.job().id()).toList();
            stored.remove(removed);
            return removed.size();
        });
    }
}
