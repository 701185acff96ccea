package dev.confab.adapter.web;

import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Role;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A format of this process: each line "chat ID TEXT" is a chat. The real formats are another module's. */
final class TestChatExports implements ChatExportReader {
    @Override
    public List<String> formats() {
        return List.of("test");
    }

    @Override
    public void read(ChatFile file, ReadingOptions options, ChatSink sink) {
        List<String> lines = text(file).lines().toList();
        if (options.format().isPresent() && !options.format().get().equals("test")) {
            throw ChatExportRejected.because(Parameter.FORMAT, "no such format");
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith("chat ")) {
            throw ChatExportRejected.because("the file is of none of the formats that were looked for: test");
        }
        if (lines.getFirst().contains("local") && options.zone().isEmpty()) {
            throw ChatExportRejected.because(Parameter.ZONE, "times are local");
        }
        sink.format("test");
        for (int i = 0; i < lines.size(); i++) {
            String place = file.name() + ":" + (i + 1);
            String[] words = lines.get(i).split(" ", 3);
            if (words.length == 3) {
                sink.chat(new ExportedChat("test", words[1], Optional.empty(), Optional.empty(), Optional.empty(),
                        Filing.NONE, List.of(new ExportedMessage("1", Optional.empty(), Role.USER, Optional.empty(),
                                words[2], Optional.empty(), Optional.empty(), place)),
                        Optional.empty(), List.of(), List.of(), place));
            } else {
                sink.refused(new Refusal(place, "is no chat"));
            }
        }
    }

    private static String text(ChatFile file) {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        for (int read; (read = file.read(all.size(), some, 0, some.length)) > 0;) {
            all.write(some, 0, read);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
