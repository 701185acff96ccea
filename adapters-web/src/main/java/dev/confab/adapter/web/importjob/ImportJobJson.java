package dev.confab.adapter.web.importjob;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportProgress;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.importjob.MessageOutcome;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job, with its progress and, once it has ended, its result.
 *
 * @param complete whether the job has succeeded and refused nothing
 */
record ImportJobJson(String id, String fileName, long size, @Nullable String format, @Nullable String zone,
        @Nullable String dateOrder, boolean dryRun, String createdAt, String state, boolean cancelRequested,
        @Nullable String finishedAt, @Nullable String failure, boolean complete,
        ImportConversationCountsJson conversations,
        ImportMessageCountsJson messages, long refused, long refusedMessages, List<ImportItemJson> highlights) {

    /** How many conversations have which outcome. */
    record ImportConversationCountsJson(long imported, long extended, long present) {
        static ImportConversationCountsJson from(ImportProgress progress) {
            return new ImportConversationCountsJson(progress.count(ConversationOutcome.IMPORTED),
                    progress.count(ConversationOutcome.EXTENDED), progress.count(ConversationOutcome.PRESENT));
        }
    }

    /** How many messages have which outcome. */
    record ImportMessageCountsJson(long imported, long present, long changed, long kept) {
        static ImportMessageCountsJson from(ImportProgress progress) {
            return new ImportMessageCountsJson(progress.count(MessageOutcome.IMPORTED),
                    progress.count(MessageOutcome.PRESENT), progress.count(MessageOutcome.CHANGED),
                    progress.count(MessageOutcome.KEPT));
        }
    }

    static ImportJobJson from(ImportJob job) {
        ImportParameters parameters = job.parameters();
        ImportProgress progress = ImportProgress.of(job);
        return new ImportJobJson(job.id().toString(), parameters.fileName(), job.size(),
                progress.format().or(parameters::format).orElse(null),
                parameters.zone().map(ZoneId::getId).orElse(null),
                parameters.dateOrder().map(ImportJobJson::code).orElse(null), parameters.dryRun(),
                ResponseJson.time(job.createdAt()), code(job.state()), job.cancelRequested(),
                job.finishedAt().map(ResponseJson::time).orElse(null), job.failure().orElse(null),
                job.state() == ImportState.SUCCEEDED && progress.isComplete(),
                ImportConversationCountsJson.from(progress), ImportMessageCountsJson.from(progress), progress.refused(),
                progress.refusedMessages(), progress.highlights().stream().map(ImportItemJson::from).toList());
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
