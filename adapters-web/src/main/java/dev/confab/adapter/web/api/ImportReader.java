package dev.confab.adapter.web.api;

import dev.confab.application.Transfer.Imported;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** Reads an export, message by message. Without its {@code end} it is not whole, and refused. */
final class ImportReader {
    private static final Pointer MESSAGES = Pointer.ROOT.child("messages");

    private final Map<String, JsonValue> members = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private long weight;

    private ImportReader() {
    }

    static Imported read(InputStream body) {
        var reader = new ImportReader();
        return JsonInput.read(body, input -> {
            reader.readMembers(input);
            return reader.imported();
        });
    }

    private void readMembers(JsonInput input) {
        if (!input.isAt(JsonToken.START_OBJECT)) {
            throw ApiException.invalid(Pointer.ROOT, "is not an object");
        }
        while (input.nextMember()) {
            String key = input.key(Pointer.ROOT);
            if (key.equals("messages") && input.isAt(JsonToken.START_ARRAY)) {
                add(key, new JsonValue.JsonArray(List.of()));
                while (input.nextItem()) {
                    Pointer at = MESSAGES.child(messages.size());
                    add(message(input.value(at), at), at);
                }
            } else {
                add(key, input.value(Pointer.ROOT.child(key)));
            }
        }
    }

    private void add(String key, JsonValue value) {
        if (members.put(key, value) != null) {
            throw ApiException.invalid(Pointer.ROOT.child(key), "stands there twice");
        }
    }

    /** More than one commit can hold is refused here, before it fills the memory. */
    private void add(Message message, Pointer at) {
        messages.add(message);
        weight += message.weight();
        if (messages.size() > ConversationTransaction.MAX_CREATION_MESSAGES
                || weight > ConversationTransaction.MAX_CREATION_BYTES) {
            throw ApiException.of(ProblemCode.CONTENT_TOO_LARGE,
                    "an import may have " + ConversationTransaction.MAX_CREATION_MESSAGES + " messages and "
                            + ConversationTransaction.MAX_CREATION_BYTES + " bytes of them, which " + at.fragment()
                            + " exceeds");
        }
    }

    private Imported imported() {
        var whole = Members.of(new JsonValue.JsonObject(members), Pointer.ROOT, "format", "formatVersion",
                "conversation", "messages", "end");
        whole.required("format", expected(ExportWriter.FORMAT));
        whole.required("formatVersion", expected(ExportWriter.FORMAT_VERSION));
        whole.required("messages", Members.list(0, 0, (_, _) -> ""));
        int count = whole.required("end",
                (value, at) -> Members.of(value, at, "messages").required("messages", ImportReader::integer));
        if (count != messages.size()) {
            throw ApiException.invalid(Pointer.ROOT.child("end").child("messages"),
                    "is " + count + ", but there are " + messages.size() + " messages");
        }
        return whole.required("conversation", this::conversation);
    }

    private Imported conversation(JsonValue value, Pointer at) {
        var head = Members.of(value, at, "id", "title", "version", "messageCount", "metadata", "createdAt",
                "updatedAt", "deletedAt", "forkedFrom");
        int count = head.required("messageCount", ImportReader::integer);
        if (count != messages.size()) {
            throw ApiException.invalid(at.child("messageCount"),
                    "is " + count + ", but there are " + messages.size() + " messages");
        }
        head.optional("deletedAt", (_, place) -> {
            throw ApiException.invalid(place, "is set: a deleted conversation cannot be imported");
        });
        return new Imported(head.required("id", Members.string(ConversationId::parse)),
                head.optional("title", Members.string(Title::new)),
                head.optional("metadata", Members::metadata).orElse(Metadata.EMPTY),
                head.required("version", ImportReader::version), head.required("createdAt", Members::time),
                head.required("updatedAt", Members::time), head.optional("forkedFrom", ImportReader::origin), messages);
    }

    private static Origin origin(JsonValue value, Pointer at) {
        var origin = Members.of(value, at, "conversationId", "messageId");
        return new Origin(origin.required("conversationId", Members.string(ConversationId::parse)),
                origin.required("messageId", Members.string(MessageId::parse)));
    }

    private static Message message(JsonValue value, Pointer at) {
        var message = Members.of(value, at, "id", "position", "role", "text", "data", "metadata", "createdAt",
                "editedAt", "version");
        int position = message.required("position", ImportReader::integer);
        var id = message.required("id", Members.string(MessageId::parse));
        var role = message.required("role", Drafts::role);
        String text = message.required("text", Members::string);
        var data = message.optional("data", Members::data);
        Metadata metadata = message.optional("metadata", Members::metadata).orElse(Metadata.EMPTY);
        var createdAt = message.required("createdAt", Members::time);
        var editedAt = message.optional("editedAt", Members::time);
        Version version = message.required("version", ImportReader::version);
        try {
            var draft = new MessageDraft(id, role, text, data, metadata);
            return new Message(id, position, role, text, data, metadata, createdAt, editedAt, version, draft.digest());
        } catch (InvalidValue refused) {
            throw ApiException.invalid(at.child(refused.field()), refused.reason());
        }
    }

    private static Version version(JsonValue value, Pointer at) {
        return new Version(Members.integer(value, at));
    }

    private static int integer(JsonValue value, Pointer at) {
        long number = Members.integer(value, at);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw ApiException.invalid(at, "is negative or too large");
        }
        return (int) number;
    }

    private static java.util.function.BiFunction<JsonValue, Pointer, String> expected(Object constant) {
        String text = constant.toString();
        return (value, at) -> {
            boolean same = constant instanceof String
                    ? value.equals(new JsonValue.JsonString(text))
                    : value.equals(new JsonValue.JsonNumber(text));
            if (!same) {
                throw ApiException.invalid(at, "can only be " + text);
            }
            return text;
        };
    }
}
