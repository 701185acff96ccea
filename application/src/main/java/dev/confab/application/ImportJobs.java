package dev.confab.application;

import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.ImportJobNotFound;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.StorageException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Imports what other chat applications exported, in jobs that go on when the request has ended. Every call may throw a
 * {@link StorageException}, and {@link ImportJobNotFound} if it names a job that the owner does not have.
 */
public interface ImportJobs {

    /** A finished job is listed for so many days. */
    int DAYS_KEPT = 7;

    /**
     * Stores the file, and creates a job that imports it. If the same request created it before, the same job is returned.
     *
     * @param token taken before anything was read
     * @param content of the file; an exception that it throws is passed on unchanged
     * @throws ChatExportRejected if nothing of the file can be read, or it needs a parameter
     * @throws TooManyImportJobs if the owner has as many unfinished jobs as an owner may have
     * @throws ImportJobIdReused if another request created a job with this id
     * @throws OwnerErased if the owner was erased after the token was taken
     */
    CreateResult<ImportJob> create(FencingToken token, RequestedId id, ImportParameters parameters, ByteSource content);

    /** All jobs of the owner, the newest first. */
    List<ImportJob> list(OwnerId owner);

    ImportJob get(OwnerId owner, ImportJobId id);

    /** A job that waits ends at once. One that runs ends after the chat that it imports; what is imported stays. */
    ImportJob cancel(OwnerId owner, ImportJobId id);

    /** Passes on what has been reported of the job so far, in the order of the file. */
    void report(OwnerId owner, ImportJobId id, Consumer<ReportItem> receiver);
}
