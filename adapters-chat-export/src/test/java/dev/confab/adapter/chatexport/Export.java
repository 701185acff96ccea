package dev.confab.adapter.chatexport;

import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was read from a file. */
final class Export implements ChatSink {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final ReadingOptions DEFAULT = ReadingOptions.at(NOW);

    String format = "";
    final List<ExportedChat> chats = new ArrayList<>();
    final List<Refusal> refused = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    static Export of(ChatFile file) {
        return of(file, DEFAULT);
    }

    /** Where local times are UTC. */
    static Export inUtc(ChatFile file) {
        return of(file, options("UTC", Optional.empty()));
    }

    static ReadingOptions options(String zone, Optional<DateOrder> order) {
        return new ReadingOptions(Optional.empty(), Optional.of(ZoneId.of(zone)), order, NOW);
    }

    static Export of(ChatFile file, ReadingOptions options) {
        var export = new Export();
        new ChatExportFiles().read(file, options, export);
        return export;
    }

    ExportedChat only() {
        if (chats.size() != 1) {
            throw new AssertionError(chats.size() + " chats; refused: " + refused);
        }
        return chats.getFirst();
    }

    /** The messages of the only chat, each as {@code time|ROLE|author|text}. */
    List<String> lines() {
        return only().messages().stream().map(Export::line).toList();
    }

    static String line(ExportedMessage message) {
        return message.createdAt().map(Instant::toString).orElse("-") + "|" + message.role() + "|"
                + message.author().map(Object::toString).orElse("-") + "|" + message.text();
    }

    long messages() {
        return chats.stream().mapToLong(chat -> chat.messages().size()).sum();
    }

    @Override
    public void format(String name) {
        format = name;
    }

    @Override
    public void chat(ExportedChat chat) {
        chats.add(chat);
    }

    @Override
    public void refused(Refusal refusal) {
        refused.add(refusal);
    }

    @Override
    public void note(String note) {
        notes.add(note);
    }
}
