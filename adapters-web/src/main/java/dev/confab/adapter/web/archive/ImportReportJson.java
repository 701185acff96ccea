package dev.confab.adapter.web.archive;

import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an import.
 *
 * @param complete whether all that the archive was made of is here now
 * @param damage why the archive could not be read to its end; null when it was
 */
public record ImportReportJson(boolean complete, long imported, long equal, ConversationIdsJson conflicts,
        ConversationIdsJson tooLarge, ConversationIdsJson invalid, ConversationIdsJson missing,
        @Nullable String damage) {

    /** Some conversations: how many, and the ids of the first of them. */
    public record ConversationIdsJson(long count, List<String> ids) {
        static ConversationIdsJson from(Named named) {
            return new ConversationIdsJson(named.count(), named.first().stream().map(Object::toString).toList());
        }
    }

    public static ImportReportJson from(Imported report) {
        return new ImportReportJson(report.isComplete(), report.imported(), report.equal(),
                ConversationIdsJson.from(report.conflicts()), ConversationIdsJson.from(report.tooLarge()),
                ConversationIdsJson.from(report.invalid()), ConversationIdsJson.from(report.missing()),
                report.damage().orElse(null));
    }
}
