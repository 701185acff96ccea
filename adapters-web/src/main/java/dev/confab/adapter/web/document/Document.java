package dev.confab.adapter.web.document;

import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Title;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** One conversation, written as it is read. What fails before {@link #end} has no end. */
public abstract class Document implements Transfer.Sink {
    private final Writer out;

    Document(Writer out) {
        this.out = out;
    }

    /** Completes the document, and writes everything through; the writer stays open. */
    public final void end() {
        finish();
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    abstract void finish();

    final void write(String... texts) {
        try {
            for (String text : texts) {
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String title(Conversation head) {
        return head.title().map(Title::value).orElse("Untitled");
    }

    /** The author, or the role where there is none. */
    static String who(Message message) {
        return message.author().map(Message.Author::name).orElseGet(() -> switch (message.role()) {
            case USER -> "You";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
        });
    }
}
