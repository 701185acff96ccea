package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.format.Reading;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The second reading of a chat, which makes its messages. A message has no id: it is known by its time, author and text, and by how many
 * such messages are before it. A chat is known by its first message of a person, and by its name where the file has it.
 */
final class ChatText {
    private static final int ID_LENGTH = 32;
    /** So many lines are named in the report. */
    private static final int MOST_NOTES = 20;

    private final Entry entry;
    private final Survey survey;
    private final DateOrder order;
    private final LocalDate latest;
    private final LocalTimes times;
    private final ChatBuilder chat;
    private final Reading reading;
    private final Map<String, Integer> seen = new HashMap<>();
    private Optional<String> last = Optional.empty();
    private Optional<String> firstId = Optional.empty();
    private Optional<String> firstOfAPerson = Optional.empty();
    private int quotations;
    private Optional<Begun> begun = Optional.empty();

    /** A message whose last line has not been read yet. */
    private record Begun(int line, LocalDateTime time, Written written, StringBuilder text) {
    }

    ChatText(Entry entry, Survey survey, DateOrder order, LocalDate latest, ZoneId zone, ChatBuilder chat,
            Reading reading) {
        this.entry = entry;
        this.survey = survey;
        this.order = order;
        this.latest = latest;
        this.times = new LocalTimes(zone);
        this.chat = chat;
        this.reading = reading;
    }

    /** @param name of the chat, where the file has it */
    void read(Optional<String> name) throws IOException {
        try (var lines = new TextLines(entry)) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                line(reading.clean().clean(line.get()), lines.number());
            }
        }
        end();
        Optional<String> first = firstOfAPerson.or(() -> firstId);
        chat.id(first.map(id -> Digest.of("chat").field(name).field(id).build().hex().substring(0, ID_LENGTH)));
    }

    private void line(String line, int number) {
        Optional<Header> header = Header.of(line);
        Optional<LocalDate> date = header.filter(survey::isMessage).flatMap(h -> h.date().in(order, latest));
        if (header.isPresent() && date.isPresent()) {
            end();
            Written written = Written.of(header.get().rest(), survey.authors());
            begun = Optional.of(new Begun(number, date.get().atTime(header.get().time()), written,
                    new StringBuilder(written.text())));
            return;
        }
        if (header.isPresent() && quotations++ < MOST_NOTES) {
            reading.note(entry.name() + ":" + number
                    + ": looks like the beginning of a message, but its date or its form is not that of the others;"
                    + " it was kept as a part of the message before it");
        }
        begun.ifPresent(message -> append(message.text(), line));
    }

    private static void append(StringBuilder text, String line) {
        // A longer text is refused; more of it need not be in memory.
        if (text.length() <= Message.MAX_TEXT_BYTES) {
            text.append('\n').append(line.startsWith("\uFEFF") ? line.substring(1) : line);
        }
    }

    private void end() {
        begun.ifPresent(this::add);
        begun = Optional.empty();
    }

    private void add(Begun message) {
        Written written = message.written();
        boolean isSystem = SystemText.isSystem(written);
        String text = message.text().toString();
        String key = Digest.of("message").field(message.time().toString()).field(written.author()).field(text).build()
                .hex().substring(0, ID_LENGTH);
        int before = seen.merge(key, 1, Integer::sum) - 1;
        String id = before == 0 ? key : key + ":" + before;
        firstId = firstId.or(() -> Optional.of(id));
        if (!isSystem) {
            firstOfAPerson = firstOfAPerson.or(() -> Optional.of(id));
        }
        chat.add(new Node(id, last, entry.name() + ":" + message.line(),
                Optional.of(new Content(isSystem ? Role.SYSTEM : Role.USER,
                        isSystem ? Optional.empty() : written.author(), text,
                        Optional.of(times.next(message.time())), true, original(message, text)))));
        last = Optional.of(id);
    }

    private static ObjectNode original(Begun message, String text) {
        ObjectNode original = JsonNodeFactory.instance.objectNode().put("localTime", message.time().toString());
        message.written().author().ifPresent(author -> original.put("author", author));
        Media.file(text).ifPresent(file -> original.put("file", file));
        if (Media.isOmitted(text)) {
            original.put("omitted", true);
        }
        return original;
    }
}
