package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.CleanText;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;

/** The reading of one file: its options, and how many chats and refusals the sink has got. */
public final class Reading implements ChatSink {
    private final ReadingOptions options;
    private final ChatSink sink;
    private final CleanText clean = new CleanText();
    private long chats;
    private long refusals;

    public Reading(ReadingOptions options, ChatSink sink) {
        this.options = options;
        this.sink = sink;
    }

    public ReadingOptions options() {
        return options;
    }

    public CleanText clean() {
        return clean;
    }

    public ChatBuilder chat(ExportFormat format, String place) {
        return new ChatBuilder(format.name(), place, options.now());
    }

    /**
     * What to throw when a chat cannot be read without this parameter: before any chat was read, what rejects the file; later, what
     * refuses this chat only.
     */
    public RuntimeException needs(Parameter parameter, String reason) {
        return chats == 0 ? ChatExportRejected.because(parameter, reason) : new Refused(reason);
    }

    /** Whether nothing was found, not even something to refuse. */
    public boolean isEmpty() {
        return chats + refusals == 0;
    }

    @Override
    public void format(String name) {
        sink.format(name);
    }

    @Override
    public void chat(ExportedChat chat) {
        chats++;
        sink.chat(chat);
    }

    @Override
    public void refused(Refusal refusal) {
        refusals++;
        sink.refused(refusal);
    }

    @Override
    public void note(String note) {
        sink.note(note);
    }
}
