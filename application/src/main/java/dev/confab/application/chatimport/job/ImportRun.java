package dev.confab.application.chatimport.job;

import dev.confab.application.Usages.CallerLimits;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.application.chatimport.ChatImports.Mode;
import dev.confab.domain.access.Limits;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportProgress;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportLines;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.ImportJobStore.Claimed;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.TransactionTooLarge;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a job, by one thread.
 *
 * <p>Why nothing is imported twice or counted wrongly: all ids follow from the file, so what two runs import, even at once, is the same. A
 * file is read in the same order each time, so a position says what is done. The plan of a chat is durable before the first write of the
 * chat, and its result before the first write of the next one. Only the holder of the claim records; another run ends at its next record.
 */
final class ImportRun {
    private static final int MOST_UNRECORDED = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private final ImportJobStore store;
    private final ChatImportService imports;
    private final InstantSource clock;
    private final UUID holder;
    private final Claimed claimed;
    private final ImportJob job;
    private final BooleanSupplier mayGoOn;
    private ImportProgress progress;
    /** Of the chat that the run before was importing; empty when it was importing none, and after that chat. */
    private String plan = "";
    private long seen;
    /** Done, and not recorded yet. */
    private final List<ReportItem> unrecorded = new ArrayList<>();

    /** @param mayGoOn asked before each chat; when it says no, the run ends and the job stays unfinished */
    ImportRun(ImportJobStore store, ChatImportService imports, InstantSource clock, UUID holder, Claimed claimed,
            BooleanSupplier mayGoOn) {
        this.store = store;
        this.imports = imports;
        this.clock = clock;
        this.holder = holder;
        this.claimed = claimed;
        this.job = claimed.job();
        this.mayGoOn = mayGoOn;
        this.progress = ImportProgress.NONE;
    }

    /** Ends the run early. */
    private static final class RunEnded extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean isCancelled;

        RunEnded(boolean isCancelled) {
            super("", null, false, false);
            this.isCancelled = isCancelled;
        }
    }

    /** Throws {@link StorageException} when the job should be run again later. */
    void run() {
        Optional<ImportJob> now = store.find(job.owner(), job.id()).filter(found -> !found.isFinished());
        if (now.isEmpty()) {
            return;
        }
        progress = ImportProgress.of(now.get());
        plan = store.plan(job.id());
        try {
            limits().call(() -> {
                read();
                return progress;
            });
            end();
        } catch (RunEnded ended) {
            if (ended.isCancelled) {
                finish(ImportState.CANCELLED, Optional.empty());
            }
        } catch (ChatExportRejected rejected) {
            finish(ImportState.FAILED, Optional.ofNullable(rejected.getMessage()));
        } catch (OwnerErased erased) {
            // The erasure removes the job, too.
            finish(ImportState.FAILED, Optional.of("the owner was erased"));
        } catch (StorageException later) {
            throw later;
        } catch (RuntimeException unexpected) {
            LOG.error("Import {} failed", job.id(), unexpected);
            finish(ImportState.FAILED, Optional.of("an error of the service that is in its log ended the import;"
                    + " upload the file again to complete it"));
        }
    }

    private CallerLimits limits() {
        ImportQuota quota = job.quota();
        return new CallerLimits(job.owner(), new Limits(Optional.empty(), Optional.empty(), Optional.empty(),
                quota.storedBytes(), quota.conversations()));
    }

    private void read() {
        imports.reader().read(store.file(job), job.parameters().options(job.createdAt()), new ChatSink() {
            @Override
            public void format(String name) {
                if (isNext()) {
                    progress = progress.ofFormat(name);
                }
            }

            @Override
            public void chat(ExportedChat chat) {
                if (isNext()) {
                    importOne(chat);
                }
            }

            @Override
            public void refused(Refusal refusal) {
                if (isNext()) {
                    between(new Refused(refusal.place(), refusal.reason()));
                }
            }

            @Override
            public void note(String note) {
                if (isNext()) {
                    between(new Note(note));
                }
            }
        });
    }

    /** Whether this is not done yet. */
    private boolean isNext() {
        return seen++ >= progress.position();
    }

    /** Something that is reported between two chats; there may be any number. */
    private void between(ReportItem item) {
        done(List.of(item));
        if (unrecorded.size() >= MOST_UNRECORDED) {
            record(List.of(), List::of);
        }
    }

    private void done(List<ReportItem> items) {
        progress = progress.plus(items);
        unrecorded.addAll(items);
    }

    private void importOne(ExportedChat chat) {
        if (!mayGoOn.getAsBoolean()) {
            throw new RunEnded(false);
        }
        if (job.parameters().dryRun()) {
            record(List.of(), List::of);
            done(reported(chat, Mode.DRY_RUN));
            return;
        }
        boolean isResumed = !plan.isEmpty();
        List<ReportItem> planned = isResumed ? ReportLines.read(plan) : reported(chat, Mode.DRY_RUN);
        plan = "";
        record(planned,
                () -> isResumed ? ItemCollector.done(planned, reported(chat, Mode.DRY_RUN)) : List.of());
        List<ReportItem> stored = stored(chat, planned);
        done(isResumed ? ItemCollector.together(planned, stored) : stored);
    }

    private List<ReportItem> stored(ExportedChat chat, List<ReportItem> planned) {
        try {
            return reported(chat, Mode.STORE);
        } catch (StorageException | OwnerErased ended) {
            throw ended;
        } catch (RuntimeException unexpected) {
            // The job fails with it; what is stored of the chat is reported nevertheless.
            done(ItemCollector.done(planned, reported(chat, Mode.DRY_RUN)));
            throw unexpected;
        }
    }

    /**
     * Records what is done, and the plan. Ends the run if the job is no longer this instance's, or is to stop.
     *
     * @param begun what is reported of a chat that was begun, when the job is to stop
     */
    private void record(List<ReportItem> planned, Supplier<List<ReportItem>> begun) {
        ImportJob now = store.record(holder, job.id(), progress.text(), ReportLines.write(unrecorded),
                ReportLines.write(planned)).orElseThrow(() -> new RunEnded(false));
        unrecorded.clear();
        if (now.cancelRequested()) {
            List<ReportItem> items = begun.get();
            if (!items.isEmpty()) {
                done(items);
            }
            throw new RunEnded(true);
        }
    }

    private List<ReportItem> reported(ExportedChat chat, Mode mode) {
        var collector = new ItemCollector();
        try {
            imports.importChat(claimed.token(), chat, mode, collector);
        } catch (TransactionTooLarge | ConversationDamaged always) {
            collector.refused(new Refusal(chat.place(), "is not imported further: " + always.getMessage()));
        }
        return collector.items();
    }

    /** An empty result is no success. */
    private void end() {
        if (progress.isEmpty()) {
            finish(ImportState.FAILED, Optional.of("nothing of the file could be imported; refused: "
                    + (progress.refused() + progress.refusedMessages())));
        } else {
            finish(ImportState.SUCCEEDED, Optional.empty());
        }
    }

    private void finish(ImportState end, Optional<String> failure) {
        // If the job is no longer this instance's, another one finishes it.
        var _ = store.finish(holder, job.withProgress(progress.text()).ended(end, failure, clock.instant()),
                ReportLines.write(unrecorded));
    }
}
