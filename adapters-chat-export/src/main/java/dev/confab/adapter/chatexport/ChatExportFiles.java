package dev.confab.adapter.chatexport;

import dev.confab.adapter.chatexport.file.ExportContents;
import dev.confab.adapter.chatexport.format.Contents;
import dev.confab.adapter.chatexport.format.ExportFormat;
import dev.confab.adapter.chatexport.format.Formats;
import dev.confab.adapter.chatexport.format.Reading;
import dev.confab.adapter.chatexport.slack.Slack;
import dev.confab.adapter.chatexport.whatsapp.WhatsApp;
import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ReadingOptions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads exports of all formats. */
public final class ChatExportFiles implements ChatExportReader {
    private static final List<ExportFormat> FORMATS = Stream.of(Stream.of(new Slack()), Formats.ALL.stream(),
            Stream.of(new WhatsApp())).<ExportFormat>flatMap(each -> each).toList();

    @Override
    public List<String> formats() {
        return FORMATS.stream().map(ExportFormat::name).toList();
    }

    @Override
    public void read(ChatFile file, ReadingOptions options, ChatSink sink) {
        if (file.size() == 0) {
            throw ChatExportRejected.because(file.name() + " is empty");
        }
        List<ExportFormat> tried = options.format().map(this::named).map(List::of).orElse(FORMATS);
        var contents = new Contents(ExportContents.of(file));
        ExportFormat format = tried.stream().filter(each -> each.recognises(contents)).findFirst()
                .orElseThrow(() -> unknown(file, tried));
        var reading = new Reading(options, sink);
        sink.format(format.name());
        format.read(contents, reading);
        reading.noteLeftOut(contents.untaken());
        if (reading.clean().replaced() > 0) {
            sink.note(reading.clean().replaced() + " characters that cannot be stored (U+0000, halves of surrogate"
                    + " pairs) were replaced by U+FFFD");
        }
        if (reading.isEmpty()) {
            throw ChatExportRejected.because(file.name() + " contains no chat");
        }
    }

    private ExportFormat named(String name) {
        return FORMATS.stream().filter(format -> format.name().equals(name)).findFirst()
                .orElseThrow(() -> ChatExportRejected.because(Parameter.FORMAT,
                        "\"" + name + "\" is no format; it must be one of " + String.join(", ", formats())));
    }

    private static ChatExportRejected unknown(ChatFile file, List<ExportFormat> tried) {
        return ChatExportRejected.because(file.name() + " is " + "of none of the formats "
                + "that were looked for: " + tried.stream().map(each -> each.name() + " (" + each.lookedFor() + ")")
                        .collect(Collectors.joining("; ")));
    }
}
