package dev.confab.domain.importjob;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * The import of one file.
 *
 * @param size of the file, in bytes
 * @param digest SHA-256 of the file, 64 hex digits in lower case
 * @param quota for what the job stores
 * @param cancelRequested whether the owner wants it to stop
 * @param finishedAt when it ended; empty until then
 * @param failure why it failed, a sentence without its full stop; empty if it did not
 * @param progress what has been done, as the application writes it; empty in the beginning
 */
public record ImportJob(ImportJobId id, OwnerId owner, ImportParameters parameters, long size, String digest,
        ImportQuota quota, Instant createdAt, ImportState state, boolean cancelRequested, Optional<Instant> finishedAt,
        Optional<String> failure, String progress) {
    public ImportJob {
        Times.requireMillis(createdAt);
        if (state.isEnd() != finishedAt.isPresent() || (state == ImportState.FAILED) != failure.isPresent()) {
            throw new IllegalArgumentException("import job " + id + " is " + state + " with the end " + finishedAt
                    + " and the failure " + failure);
        }
    }

    /** A new job, which waits. */
    public static ImportJob create(ImportJobId id, OwnerId owner, ImportParameters parameters, long size, String digest,
            ImportQuota quota, Instant now) {
        return new ImportJob(id, owner, parameters, size, digest, quota, now, ImportState.QUEUED, false,
                Optional.empty(),
                Optional.empty(), "");
    }

    public boolean isFinished() {
        return state.isEnd();
    }

    /** This job, run by an instance. */
    public ImportJob running() {
        return new ImportJob(id, owner, parameters, size, digest, quota, createdAt, ImportState.RUNNING,
                cancelRequested,
                finishedAt, failure, progress);
    }

    /** A job that waits ends at once, and one that runs is asked to stop. One that has ended stays as it is. */
    public ImportJob cancel(Instant now) {
        return switch (state) {
            case QUEUED -> ended(ImportState.CANCELLED, Optional.empty(), now);
            case RUNNING ->
                new ImportJob(id, owner, parameters, size, digest, quota, createdAt, state, true, finishedAt,
                        failure, progress);
            case SUCCEEDED, FAILED, CANCELLED -> this;
        };
    }

    public ImportJob withProgress(String newProgress) {
        return new ImportJob(id, owner, parameters, size, digest, quota, createdAt, state, cancelRequested, finishedAt,
                failure, newProgress);
    }

    /** @param why present for {@link ImportState#FAILED} only */
    public ImportJob ended(ImportState end, Optional<String> why, Instant now) {
        return new ImportJob(id, owner, parameters, size, digest, quota, createdAt, end, cancelRequested,
                Optional.of(now),
                why, progress);
    }

    /** Whether the request that made this job and the one that would make the other are the same. */
    public boolean isSameRequest(ImportJob other) {
        return id.equals(other.id) && owner.equals(other.owner) && parameters.equals(other.parameters)
                && size == other.size && digest.equals(other.digest);
    }
}
