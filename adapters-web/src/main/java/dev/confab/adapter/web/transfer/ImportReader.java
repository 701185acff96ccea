package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.json.InvalidMember;
import dev.confab.adapter.web.json.StrictJson;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.application.Transfer.Imported;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/** Reads an export, message by message. Without its {@code end} the export is incomplete and refused. */
final class ImportReader {
    private final JsonParser parser;
    private final List<Message> messages = new ArrayList<>();
    private long weight;
    private Optional<String> format = Optional.empty();
    private Optional<Integer> formatVersion = Optional.empty();
    private Optional<ImportedConversationJson> conversation = Optional.empty();
    private Optional<EndJson> end = Optional.empty();
    private boolean hasMessages;

    private ImportReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The last member: how many messages there were, so that a reader knows that it has them all. */
    record EndJson(Integer messages) {
    }

    static Imported read(InputStream body) {
        return StrictJson.stream(body, parser -> new ImportReader(parser).read());
    }

    private Imported read() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidMember(JsonPointer.empty(), "must be an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            readMember(parser.currentName());
        }
        if (!required("format", format).equals(ExportWriter.FORMAT)) {
            throw wrong("/format", "must be " + ExportWriter.FORMAT);
        }
        if (required("formatVersion", formatVersion) != ExportWriter.FORMAT_VERSION) {
            throw wrong("/formatVersion", "must be " + ExportWriter.FORMAT_VERSION);
        }
        if (!hasMessages) {
            throw wrong("/messages", "is missing");
        }
        requireCount("/end/messages", required("end", end).messages());
        ImportedConversationJson head = required("conversation", conversation);
        requireCount("/conversation/messageCount", head.messageCount());
        return head.with(messages);
    }

    private void readMember(String name) {
        parser.nextToken();
        switch (name) {
            case "format" -> format = Optional.of(StrictJson.bind(parser, String.class));
            case "formatVersion" -> formatVersion = Optional.of(StrictJson.bind(parser, Integer.class));
            case "conversation" -> conversation = Optional.of(StrictJson.bind(parser, ImportedConversationJson.class));
            case "messages" -> readMessages();
            case "end" -> end = Optional.of(StrictJson.bind(parser, EndJson.class));
            default -> throw new InvalidMember(JsonPointer.empty().appendProperty(name), "unknown member");
        }
    }

    private void readMessages() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("/messages", "must be an array");
        }
        hasMessages = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonPointer at = JsonPointer.compile("/messages/" + messages.size());
            add(StrictJson.bind(parser, ImportedMessageJson.class).message(at), at);
        }
    }

    /** Refuses here what is more than one commit can hold, before it fills the memory. */
    private void add(Message message, JsonPointer at) {
        messages.add(message);
        weight += message.weight();
        if (messages.size() > ConversationTransaction.MAX_CREATION_MESSAGES
                || weight > ConversationTransaction.MAX_CREATION_BYTES) {
            throw new ProblemException(ProblemCode.CONTENT_TOO_LARGE,
                    "An import may have at most " + ConversationTransaction.MAX_CREATION_MESSAGES
                            + " messages of together "
                            + ConversationTransaction.MAX_CREATION_BYTES + " bytes; " + ProblemException.fragment(at)
                            + " exceeds that.");
        }
    }

    private void requireCount(String at, int count) {
        if (count != messages.size()) {
            throw wrong(at, "is " + count + ", but there are " + messages.size() + " messages");
        }
    }

    private static <T> T required(String name, Optional<T> member) {
        return member.orElseThrow(() -> wrong("/" + name, "is missing"));
    }

    private static InvalidMember wrong(String at, String reason) {
        return new InvalidMember(JsonPointer.compile(at), reason);
    }
}
