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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reading of one file: its options, and how many chats and refusals the sink has got. */
public final class Reading implements ChatSink {
    /** A note has at most so many names. */
    private static final int MOST_NAMES = 50;

    private final ReadingOptions options;
    private final ChatSink sink;
    private final CleanText clean = new CleanText();
    private final Map<String, Integer> leftOut = new TreeMap<>();
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

    /** Members of a chat, or of the whole, that nothing is made of. */
    void leftOut(Collection<String> members) {
        for (String member : members) {
            if (leftOut.size() < MOST_NAMES || leftOut.containsKey(member)) {
                leftOut.merge(member, 1, Integer::sum);
            }
        }
    }

    /** Notes what was left out of the file, at its end. */
    public void noteLeftOut(List<String> entries) {
        if (!leftOut.isEmpty()) {
            sink.note("members that were not taken over: " + leftOut.entrySet().stream()
                    .map(member -> member.getKey() + " (" + member.getValue() + ")")
                    .collect(Collectors.joining(", ")) + (leftOut.size() == MOST_NAMES ? " and perhaps others" : ""));
        }
        if (!entries.isEmpty()) {
            sink.note("entries of the archive that were not read: " + entries.stream().limit(MOST_NAMES)
                    .collect(Collectors.joining(", "))
                    + (entries.size() > MOST_NAMES ? " and " + (entries.size() - MOST_NAMES) + " others" : ""));
        }
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
