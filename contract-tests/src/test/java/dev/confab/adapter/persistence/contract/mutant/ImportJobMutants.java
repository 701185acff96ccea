package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.importJobMutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceImportJobStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.StoredImportJob;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.TooManyImportJobs;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Stores of import jobs that each violate one clause on purpose. */
final class ImportJobMutants {
    static final List<Mutants.Mutant> ALL = List.of(
            importJobMutant("J1", "keeps the progress of an import in memory only", ProgressInMemory::new),
            importJobMutant("J2", "caches import jobs for ever", CachesJobs::new),
            importJobMutant("J3", "keeps only the last part of a report", LastPartOnly::new),
            importJobMutant("J3", "forgets the plan of an import", ForgetsPlans::new),
            importJobMutant("J4", "shows an import before its file is complete", VisibleTooEarly::new),
            importJobMutant("J4", "keeps an import whose upload failed", KeepsFailedUploads::new),
            importJobMutant("J5", "claims an import that another holder has", ClaimsHeld::new),
            importJobMutant("J5", "claims an import in two steps (two holders at once)", ClaimsInTwoSteps::new),
            importJobMutant("J6", "ignores who holds an import", IgnoresTheHolder::new),
            importJobMutant("J6", "checks the holder and writes the progress in two steps", LooksFirst::new),
            importJobMutant("J7", "finds another owner's import", FindsAnothers::new),
            importJobMutant("J8", "counts the imports before it adds one (passes the limit)", CountsTooEarly::new),
            importJobMutant("J9", "asks an import that waits to stop, and lets it wait", NeverStopsWaiting::new),
            importJobMutant("J10", "does not check the fence of an erasure for an import", IgnoresTheFence::new),
            importJobMutant("J10", "keeps the imports of an erased owner", RemovesNothing::new));

    private ImportJobMutants() {
    }

    private static class ProgressInMemory extends ReferenceImportJobStore {
        private final TreeMap<ImportJobId, String> progress = new TreeMap<>();

        ProgressInMemory(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public Optional<ImportJob> record(UUID holder, ImportJobId id, String text, String part, String plan) {
            Optional<ImportJob> recorded = super.record(holder, id, "", part, plan);
            recorded.ifPresent(_ -> progress.put(id, text));
            return recorded.map(job -> job.withProgress(text));
        }

        @Override
        public Optional<ImportJob> find(OwnerId owner, ImportJobId id) {
            return super.find(owner, id).map(job -> job.withProgress(progress.getOrDefault(id, job.progress())));
        }
    }

    private static class CachesJobs extends ReferenceImportJobStore {
        private final TreeMap<ImportJobId, ImportJob> cache = new TreeMap<>();

        CachesJobs(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized Optional<ImportJob> find(OwnerId owner, ImportJobId id) {
            return Mutations.cached(cache, id, super.find(owner, id));
        }
    }

    private static class LastPartOnly extends ReferenceImportJobStore {
        LastPartOnly(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public Optional<String> report(OwnerId owner, ImportJobId id, int part) {
            return part > 0
                    ? Optional.empty()
                    : stored(owner, id).filter(each -> !each.report().isEmpty())
                            .map(each -> each.report().getLast());
        }
    }

    private static class ForgetsPlans extends ReferenceImportJobStore {
        ForgetsPlans(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public Optional<ImportJob> record(UUID holder, ImportJobId id, String text, String part, String plan) {
            return super.record(holder, id, text, part, plan(id).isEmpty() ? plan : plan(id));
        }
    }

    private static class VisibleTooEarly extends ReferenceImportJobStore {
        VisibleTooEarly(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public ImportJob create(FencingToken token, String fileName, ByteSource content,
                Function<ChatFile, ImportJob> complete) {
            return super.create(token, fileName, content, file -> {
                ImportJob job = complete.apply(file);
                storage().changeImportJobs(all -> all.put(job.id(), new StoredImportJob(job, token,
                        Optional.of(List.of()), List.of(), "", Optional.empty())));
                complete.apply(file);
                return job;
            });
        }
    }

    private static class KeepsFailedUploads extends ReferenceImportJobStore {
        KeepsFailedUploads(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public ImportJob create(FencingToken token, String fileName, ByteSource content,
                Function<ChatFile, ImportJob> complete) {
            return super.create(token, fileName, (bytes, offset, length) -> {
                try {
                    return content.read(bytes, offset, length);
                } catch (IllegalStateException cutOff) {
                    return -1;
                }
            }, complete);
        }
    }

    private static class ClaimsHeld extends ReferenceImportJobStore {
        ClaimsHeld(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean isFree(StoredImportJob job, Instant now) {
            return true;
        }
    }

    private static class ClaimsInTwoSteps extends ReferenceImportJobStore {
        ClaimsInTwoSteps(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<Claimed> claim(UUID holder, Instant now, Instant until, int limit) {
            List<StoredImportJob> free = jobs().values().stream()
                    .filter(each -> !each.job().isFinished() && !each.isHeldBy(holder) && isFree(each, now))
                    .limit(limit).toList();
            Mutations.pause();
            free.forEach(job -> storage().changeImportJobs(all -> all.computeIfPresent(job.job().id(),
                    (_, each) -> each.with(Optional.of(new StoredImportJob.Claim(holder, until))))));
            return free.stream().map(each -> new Claimed(each.job().running(), each.token())).toList();
        }
    }

    private static class IgnoresTheHolder extends ReferenceImportJobStore {
        IgnoresTheHolder(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Optional<StoredImportJob> changeHeld(UUID holder, ImportJobId id,
                Function<StoredImportJob, StoredImportJob> change) {
            return storage().changeImportJobs(all -> {
                Optional<StoredImportJob> changed = Optional.ofNullable(all.get(id)).map(change);
                changed.ifPresent(next -> all.put(id, next));
                return changed;
            });
        }
    }

    private static class LooksFirst extends IgnoresTheHolder {
        LooksFirst(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Optional<StoredImportJob> changeHeld(UUID holder, ImportJobId id,
                Function<StoredImportJob, StoredImportJob> change) {
            if (Optional.ofNullable(jobs().get(id)).filter(each -> each.isHeldBy(holder)).isEmpty()) {
                return Optional.empty();
            }
            Mutations.pause();
            return super.changeHeld(holder, id, change);
        }
    }

    private static class FindsAnothers extends ReferenceImportJobStore {
        FindsAnothers(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Optional<StoredImportJob> stored(OwnerId owner, ImportJobId id) {
            return Optional.ofNullable(jobs().get(id));
        }
    }

    private static class CountsTooEarly extends ReferenceImportJobStore {
        private final int limit;

        CountsTooEarly(ReferenceStorage storage, int limit) {
            super(storage, Integer.MAX_VALUE);
            this.limit = limit;
        }

        @Override
        public ImportJob create(FencingToken token, String fileName, ByteSource content,
                Function<ChatFile, ImportJob> complete) {
            if (list(token.owner()).stream().filter(job -> !job.isFinished()).count() >= limit) {
                throw new TooManyImportJobs(limit);
            }
            Mutations.pause();
            return super.create(token, fileName, content, complete);
        }
    }

    private static class NeverStopsWaiting extends ReferenceImportJobStore {
        NeverStopsWaiting(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public Optional<ImportJob> cancel(OwnerId owner, ImportJobId id, Instant now) {
            return storage().changeImportJobs(all -> Optional.ofNullable(all.get(id))
                    .filter(each -> each.job().owner().equals(owner) && !each.job().isFinished()).map(each -> {
                        all.put(id, each.with(each.job().running().cancel(now)));
                        return each.job().running().cancel(now);
                    }));
        }
    }

    private static class IgnoresTheFence extends ReferenceImportJobStore {
        IgnoresTheFence(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public ImportJob create(FencingToken token, String fileName, ByteSource content,
                Function<ChatFile, ImportJob> complete) {
            return super.create(storage().token(token.owner()), fileName, content, complete);
        }
    }

    private static class RemovesNothing extends ReferenceImportJobStore {
        RemovesNothing(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public int removeAllOf(OwnerId owner) {
            NavigableMap<ImportJobId, StoredImportJob> all = jobs();
            return (int) all.values().stream().filter(each -> each.job().owner().equals(owner)).count();
        }
    }
}
