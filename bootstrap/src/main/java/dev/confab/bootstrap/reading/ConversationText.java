package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.bootstrap.terminal.PrintableText;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A conversation for a person. The text of a message is indented, so that no line of it looks like the head of another message. */
final class ConversationText {
    private static final String INDENT = "    ";

    private ConversationText() {
    }

    static String of(ConversationJson head) {
        String title = Objects.requireNonNullElse(head.title(), "(no title)");
        var lines = List.of(title,
                "id        " + head.id(),
                "version   " + head.version(),
                "messages  " + head.messageCount(),
                "created   " + head.createdAt(),
                "changed   " + head.updatedAt());
        return lines.stream().map(PrintableText::inline).collect(Collectors.joining(System.lineSeparator()));
    }

    /** With an empty line before it. */
    static String of(MessageJson message) {
        String head = "#" + message.position() + "  " + message.role()
                + (message.author() == null ? "" : "  " + message.author()) + "  " + message.createdAt()
                + (message.editedAt() == null ? "" : "  edited " + message.editedAt())
                + (message.removedAt() == null ? "" : "  removed " + message.removedAt())
                + (message.incomplete() == null ? "" : "  incomplete: " + message.incomplete());
        return Stream.concat(Stream.of("", PrintableText.inline(head)),
                PrintableText.lines(message.text()).map(line -> (INDENT + line).stripTrailing()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
