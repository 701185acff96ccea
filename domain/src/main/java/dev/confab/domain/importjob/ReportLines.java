package dev.confab.domain.importjob;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportItem.OfMessage;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportItem.RefusedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Report items as text, to be stored: a line for each, of fields that are separated by tabs. In a field, a backslash begins {@code \\},
 * {@code \t}, {@code \n}, {@code \r} and {@code \0}.
 */
public final class ReportLines {
    private ReportLines() {
    }

    public static String write(List<ReportItem> items) {
        return items.stream().map(ReportLines::line).collect(Collectors.joining());
    }

    /** Throws {@link IllegalArgumentException} for what {@link #write} cannot have written. */
    public static List<ReportItem> read(String text) {
        return text.lines().map(ReportLines::item).toList();
    }

    private static String line(ReportItem item) {
        return switch (item) {
            case OfConversation(var id, var title, var origin, var outcome, var place) -> line("conversation",
                    id.toString(), outcome.name(), origin.map(from -> from.conversationId().toString()).orElse(""),
                    origin.map(from -> from.messageId().toString()).orElse(""), place,
                    title.map(Title::value).orElse(""));
            case OfMessage(var conversation, var id, var outcome, var place) ->
                line("message", conversation.toString(), id.toString(), outcome.name(), place);
            case Refused(var place, var reason) -> line("refused", place, reason);
            case RefusedMessage(var place, var reason) -> line("refusedMessage", place, reason);
            case Note(var text) -> line("note", text);
        };
    }

    private static ReportItem item(String line) {
        String[] fields = fields(line);
        return switch (fields[0] + " " + fields.length) {
            case "conversation 7" -> new OfConversation(ConversationId.parse(fields[1]),
                    Optional.of(fields[6]).filter(title -> !title.isEmpty()).map(Title::new),
                    Optional.of(fields[3]).filter(id -> !id.isEmpty())
                            .map(id -> new Origin(ConversationId.parse(id), MessageId.parse(fields[4]))),
                    ConversationOutcome.valueOf(fields[2]), fields[5]);
            case "message 5" -> new OfMessage(ConversationId.parse(fields[1]), MessageId.parse(fields[2]),
                    MessageOutcome.valueOf(fields[3]), fields[4]);
            case "refused 3" -> new Refused(fields[1], fields[2]);
            case "refusedMessage 3" -> new RefusedMessage(fields[1], fields[2]);
            case "note 2" -> new Note(fields[1]);
            default -> throw new IllegalArgumentException("\"" + line + "\" is no item of a report");
        };
    }

    /** The line of these fields, with its end. */
    static String line(String... fields) {
        return Arrays.stream(fields).map(ReportLines::escaped).collect(Collectors.joining("\t", "", "\n"));
    }

    static String[] fields(String line) {
        return Arrays.stream(line.split("\t", -1)).map(ReportLines::unescaped).toArray(String[]::new);
    }

    private static String escaped(String field) {
        // Halves of surrogate pairs, which no storage takes, become question marks.
        return new String(field.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\\", "\\\\")
                .replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0");
    }

    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                text.append(c);
            } else {
                i++;
                text.append(switch (field.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case '0' -> '\0';
                    default -> field.charAt(i);
                });
            }
        }
        return text.toString();
    }
}
