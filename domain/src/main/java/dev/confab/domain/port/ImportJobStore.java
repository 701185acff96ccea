package dev.confab.domain.port;

import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.TooManyImportJobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Stores import jobs with their files and reports.
 *
 * <p>An instance of the service that runs jobs is a <em>holder</em>: it claims jobs for a time, and only the holder of a claim may write
 * the progress of its job.
 *
 * <ul>
 * <li><b>J1 durable</b>: After a call that changes a job has returned, its change survives a crash of the process or of the machine.
 * Claims need not survive it.
 * <li><b>J2 real time</b>: Every call that starts after one of these has returned sees its change, in every thread and in every instance
 * over the same storage.
 * <li><b>J3 round trip</b>: Jobs, files, plans and reports come back exactly as they were stored.
 * <li><b>J4 complete upload</b>: A job exists from the moment at which its whole file is stored; before that, and when the upload fails,
 * no call finds it.
 * <li><b>J5 one holder</b>: {@code claim} returns only unfinished jobs, the oldest first, and of concurrent claims for one job exactly one
 * succeeds. A claim that has not ended and was not released is not given to another holder.
 * <li><b>J6 fence</b>: {@code record} and {@code finish} of anyone but the present holder of an unfinished job change nothing, which their results
 * say. What they write is there as a whole or not at all.
 * <li><b>J7 owner</b>: {@code find}, {@code list}, {@code cancel} and {@code report} know the jobs of that owner only.
 * <li><b>J8 limits</b>: An owner has at most as many unfinished jobs as the limit, however many calls create some at once, and at most
 * {@link #MAX_KEPT} finished ones: a creation removes the oldest. A repeated creation returns the stored job and does not count.
 * <li><b>J9 end</b>: A finished job does not change any more and has no file.
 * <li><b>J10 removal</b>: A removed job cannot be found, claimed or written, and its file and report are gone. A creation whose token is
 * older than an erasure of the owner throws {@link OwnerErased} and stores nothing.
 * </ul>
 *
 * <p>Every call may throw {@link StorageUnavailable}, and then nothing of the change is recorded; calls that change something may throw
 * {@link CommitOutcomeUnknown}.
 */
public interface ImportJobStore {
    /** As many jobs of an owner may wait or run. */
    int MAX_UNFINISHED = 3;
    /** As many finished jobs of an owner are kept. */
    int MAX_KEPT = 20;

    /**
     * Stores the content, and then the job that {@code complete} makes of it. If the same request created a job with that id before,
     * returns the stored one. An exception of {@code content} or {@code complete} is passed on unchanged, and nothing is stored.
     *
     * @param token of the owner, taken before anything was read
     * @param fileName of the file that {@code complete} is given
     * @param complete called once, with the whole file
     * @throws ImportJobIdReused if another request created a job with this id
     * @throws TooManyImportJobs if the owner has as many unfinished jobs as an owner may have
     * @throws OwnerErased if the owner was erased after the token was taken
     */
    ImportJob create(FencingToken token, String fileName, ByteSource content, Function<ChatFile, ImportJob> complete);

    Optional<ImportJob> find(OwnerId owner, ImportJobId id);

    /** All jobs of the owner, the newest first, and of those of one time in the order of their ids. */
    List<ImportJob> list(OwnerId owner);

    /** Cancels the job as {@link ImportJob#cancel} says, and returns it; empty when the owner has no such job. */
    Optional<ImportJob> cancel(OwnerId owner, ImportJobId id, Instant now);

    /**
     * A part of what was reported of the job, each as it was recorded; empty after the last one, or when the owner has no such job.
     *
     * @param part from 0
     */
    Optional<String> report(OwnerId owner, ImportJobId id, int part);

    /** A job that a holder has, with the token of the request that created it. */
    record Claimed(ImportJob job, FencingToken token) {
    }

    /**
     * Claims at most {@code limit} unfinished jobs that no other holder has at {@code now}, until {@code until}, and returns those that
     * this holder did not have before, now running.
     */
    List<Claimed> claim(UUID holder, Instant now, Instant until, int limit);

    /** Extends the claims of the holder that no other holder has taken, of unfinished jobs, and returns the jobs. */
    List<Claimed> renew(UUID holder, Instant until);

    /** Ends all claims of the holder. */
    void release(UUID holder);

    /** The file of a job that a holder has; for one thread. Its reads throw {@link StorageUnavailable} when it is gone. */
    ChatFile file(ImportJob job);

    /** What the holder, or one before it, was about to do when it last recorded something; empty for nothing. */
    String plan(ImportJobId id);

    /**
     * Stores the progress, adds a part to the report unless it is empty, and replaces the plan. Returns the job, which may have been
     * cancelled; empty when the holder does not have it.
     */
    Optional<ImportJob> record(UUID holder, ImportJobId id, String progress, String part, String plan);

    /** Ends the job: stores its last state, adds a part to the report unless it is empty, and deletes the file. */
    boolean finish(UUID holder, ImportJob ended, String part);

    /** Removes all jobs of the owner and returns their number. */
    int removeAllOf(OwnerId owner);

    /**
     * Removes jobs that ended before this time, and uploads of crashed instances to which nothing was added for an hour. Returns the
     * number of jobs.
     */
    int removeEndedBefore(Instant time);
}
