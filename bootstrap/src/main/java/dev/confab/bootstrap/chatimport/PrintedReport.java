package dev.confab.bootstrap.chatimport;

import dev.confab.application.chatimport.ImportReport;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.application.chatimport.ImportTotals;
import dev.confab.bootstrap.terminal.PrintableText;
import dev.confab.bootstrap.terminal.ProgressLine;
import dev.confab.domain.chatexport.Refusal;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints the report of one file: for a person the totals and what was refused, as JSON each item on a line. */
final class PrintedReport implements ImportReport {
    private static final JsonMapper JSON = new JsonMapper();
    /** A person does not read more; as JSON all are printed. */
    private static final int MOST_REFUSALS = 100;

    private final String file;
    private final PrintWriter out;
    private final boolean json;
    private final ProgressLine progress;
    private String format = "";
    private long conversations;
    private long refusals;

    PrintedReport(String file, PrintWriter out, boolean json, ProgressLine progress) {
        this.file = file;
        this.out = out;
        this.json = json;
        this.progress = progress;
    }

    @Override
    public void format(String name) {
        format = name;
    }

    @Override
    public void message(MessageItem message) {
        if (json) {
            print("message", Map.of("conversation", message.conversation().toString(), "id", message.id().toString(),
                    "outcome", code(message.outcome()), "place", message.place()));
        }
    }

    @Override
    public void conversation(ConversationItem conversation) {
        progress.done(++conversations);
        if (json) {
            var item = new LinkedHashMap<String, Object>();
            item.put("id", conversation.id().toString());
            conversation.title().ifPresent(title -> item.put("title", title.value()));
            conversation.origin().ifPresent(origin -> item.put("forkedFrom", Map.of("conversationId",
                    origin.conversationId().toString(), "messageId", origin.messageId().toString())));
            item.put("outcome", code(conversation.outcome()));
            item.put("place", conversation.place());
            print("conversation", item);
        }
    }

    @Override
    public void refusedMessage(Refusal refusal) {
        refused("refusedMessage", refusal);
    }

    @Override
    public void refused(Refusal refusal) {
        refused("refused", refusal);
    }

    private void refused(String kind, Refusal refusal) {
        refusals++;
        if (json) {
            print(kind, Map.of("place", refusal.place(), "reason", refusal.reason()));
        } else if (refusals <= MOST_REFUSALS) {
            line("refused: " + refusal.place() + " " + refusal.reason());
        }
    }

    @Override
    public void note(String note) {
        if (json) {
            print("note", Map.of("text", note));
        } else {
            line("note: " + note);
        }
    }

    /** The last line. */
    void total(ImportTotals totals, String verb) {
        if (json) {
            print("total", Map.of("format", format, "conversations", codes(totals.conversations()), "messages",
                    codes(totals.messages()), "refused", totals.refused(), "refusedMessages",
                    totals.refusedMessages()));
            return;
        }
        if (refusals > MOST_REFUSALS) {
            line("and " + (refusals - MOST_REFUSALS) + " more were refused; --json names every one");
        }
        line(format + ": " + verb + " " + totals.count(ConversationOutcome.IMPORTED) + " conversations and "
                + totals.count(MessageOutcome.IMPORTED) + " messages; " + totals.count(ConversationOutcome.EXTENDED)
                + " conversations that were there got new messages, " + totals.count(ConversationOutcome.PRESENT)
                + " had all");
        line("messages: " + totals.count(MessageOutcome.PRESENT) + " were there, "
                + totals.count(MessageOutcome.CHANGED) + " were there with another content, which stays, "
                + totals.count(MessageOutcome.KEPT) + " are kept in the data of others, " + totals.refusedMessages()
                + " refused; chats and larger parts refused: " + totals.refused());
    }

    private void line(String text) {
        out.println(PrintableText.flowing(file + ": " + text));
    }

    private void print(String kind, Map<String, ?> item) {
        var all = new LinkedHashMap<String, Object>();
        all.put("file", file);
        all.put("kind", kind);
        all.putAll(item);
        out.println(JSON.writeValueAsString(all));
    }

    private static Map<String, Long> codes(Map<? extends Enum<?>, Long> counts) {
        var codes = new LinkedHashMap<String, Long>();
        counts.forEach((outcome, count) -> codes.put(code(outcome), count));
        return codes;
    }

    private static String code(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
