package dev.confab.application.chatimport.job;

import dev.confab.application.CreateResult;
import dev.confab.application.ImportJobs;
import dev.confab.application.RequestedId;
import dev.confab.application.Usages.CallerLimits;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobNotFound;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.ReportLines;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.ImportJobStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Implements {@link ImportJobs}.
 *
 * @param clock in whole milliseconds
 * @param wakeWorker called when there is a new job to run; returns at once
 */
public record ImportJobService(ImportJobStore store, ChatExportReader reader, Ids ids, InstantSource clock,
        Runnable wakeWorker) implements ImportJobs {
    /** Ids that follow from idempotency keys are stored: the namespace must not change. */
    private static final UUID IMPORTS = UUID.fromString("c2f7c0b4-5a0e-5d6f-9a57-1f0f3a1d6b93");

    @Override
    public CreateResult<ImportJob> create(FencingToken token, RequestedId requested, ImportParameters parameters,
            ByteSource content) {
        ImportJobId id = resolve(token.owner(), requested);
        refuseIfFull(token.owner(), id);
        MessageDigest sha256 = sha256();
        var made = new AtomicReference<Optional<ImportJob>>(Optional.empty());
        ImportJob stored = store.create(token, parameters.fileName(), (bytes, offset, length) -> {
            int read = content.read(bytes, offset, length);
            sha256.update(bytes, offset, Math.max(read, 0));
            return read;
        }, file -> {
            var now = clock.instant();
            requireContent(file, parameters.options(now));
            var job = ImportJob.create(id, token.owner(), parameters, file.size(),
                    HexFormat.of().formatHex(sha256.digest()), quota(), now);
            made.set(Optional.of(job));
            return job;
        });
        wakeWorker.run();
        return new CreateResult<>(stored, made.get().filter(stored::equals).isPresent());
    }

    private ImportJobId resolve(OwnerId owner, RequestedId requested) {
        return new ImportJobId(switch (requested) {
            case RequestedId.Given(UUID id) -> id;
            case RequestedId.Keyed(String key) -> ids.named(ids.named(IMPORTS, owner.value()), key);
            case RequestedId.Unnamed() -> ids.next();
        });
    }

    /** Before the file is uploaded. The store decides again when it is. */
    private void refuseIfFull(OwnerId owner, ImportJobId id) {
        List<ImportJob> jobs = store.list(owner);
        if (jobs.stream().noneMatch(job -> job.id().equals(id))
                && jobs.stream().filter(job -> !job.isFinished()).count() >= ImportJobStore.MAX_UNFINISHED) {
            throw new TooManyImportJobs(ImportJobStore.MAX_UNFINISHED);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The quotas of the request: the job is run by no request. */
    private static ImportQuota quota() {
        return CallerLimits.current().map(CallerLimits::limits)
                .map(limits -> new ImportQuota(limits.storedBytes(), limits.conversations())).orElse(ImportQuota.NONE);
    }

    /** Reads up to the first chat; throws {@link ChatExportRejected} if there is none. */
    private void requireContent(ChatFile file, ReadingOptions options) {
        try {
            reader.read(file, options, new ChatSink() {
                @Override
                public void format(String name) {
                    // Not enough: the file may be empty, or need a parameter.
                }

                @Override
                public void chat(ExportedChat chat) {
                    throw new ContentFound();
                }

                @Override
                public void refused(Refusal refusal) {
                    throw new ContentFound();
                }

                @Override
                public void note(String note) {
                    // The run notes it.
                }
            });
        } catch (ContentFound thereIsSomething) {
            // Enough was read.
        }
    }

    /** Ends the reading. */
    private static final class ContentFound extends RuntimeException {
        private static final long serialVersionUID = 1;

        ContentFound() {
            super("", null, false, false);
        }
    }

    @Override
    public List<ImportJob> list(OwnerId owner) {
        return store.list(owner);
    }

    @Override
    public ImportJob get(OwnerId owner, ImportJobId id) {
        return store.find(owner, id).orElseThrow(() -> new ImportJobNotFound(id));
    }

    @Override
    public ImportJob cancel(OwnerId owner, ImportJobId id) {
        return store.cancel(owner, id, clock.instant()).orElseThrow(() -> new ImportJobNotFound(id));
    }

    @Override
    public void report(OwnerId owner, ImportJobId id, Consumer<ReportItem> receiver) {
        var _ = get(owner, id);
        int part = 0;
        for (var text = store.report(owner, id, part); text.isPresent(); text = store.report(owner, id, part)) {
            ReportLines.read(text.get()).forEach(receiver);
            part++;
        }
    }
}
