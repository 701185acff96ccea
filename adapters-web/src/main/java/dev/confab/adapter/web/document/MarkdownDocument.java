package dev.confab.adapter.web.document;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import java.io.Writer;

/** A heading for each message, with its author and time, and its text as it was written; data, such as tool calls, are a block of code. */
public final class MarkdownDocument extends Document {
    public MarkdownDocument(Writer out) {
        super(out);
    }

    @Override
    public void conversation(Conversation head) {
        write("# ", title(head), "\n");
    }

    @Override
    public void message(Message message) {
        write("\n## ", who(message), " · ", ResponseJson.time(message.createdAt()), "\n\n");
        if (message.isRemoved()) {
            write("*This message was removed.*\n");
        } else if (message.role() == Role.TOOL) {
            write(block("", message.text()));
        } else {
            write(message.text(), message.text().endsWith("\n") ? "" : "\n");
        }
        message.data().ifPresent(data -> write("\n", block("json", data)));
    }

    /** The fence is longer than every run of backticks in the text, so that nothing in it ends the block. */
    private static String block(String language, String text) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }

    @Override
    void finish() {
        // The last message is the end.
    }
}
