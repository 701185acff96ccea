package dev.confab.adapter.web.importjob;

import dev.confab.domain.conversation.Title;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportItem.OfMessage;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportItem.RefusedMessage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing in a report; the kind says which members are not null. */
record ImportItemJson(String kind, @Nullable String id, @Nullable String conversation, @Nullable String title,
        @Nullable ImportOriginJson forkedFrom, @Nullable String outcome, @Nullable String place,
        @Nullable String reason, @Nullable String text) {

    /** The conversation and message from which a branch was forked. */
    record ImportOriginJson(String conversationId, String messageId) {
    }

    static ImportItemJson from(ReportItem item) {
        return switch (item) {
            case OfConversation(var id, var title, var origin, var outcome, var place) -> new ImportItemJson(
                    "conversation", id.toString(), null, title.map(Title::value).orElse(null),
                    origin.map(from -> new ImportOriginJson(from.conversationId().toString(),
                            from.messageId().toString())).orElse(null),
                    code(outcome), place, null, null);
            case OfMessage(var conversation, var id, var outcome, var place) -> new ImportItemJson("message",
                    id.toString(), conversation.toString(), null, null, code(outcome), place, null, null);
            case Refused(var place, var reason) -> refused("refused", place, reason);
            case RefusedMessage(var place, var reason) -> refused("refusedMessage", place, reason);
            case Note(var text) -> new ImportItemJson("note", null, null, null, null, null, null, null, text);
        };
    }

    private static ImportItemJson refused(String kind, String place, String reason) {
        return new ImportItemJson(kind, null, null, null, null, null, place, reason, null);
    }

    private static String code(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
