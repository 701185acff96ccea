package dev.confab.adapter.persistence.file.checkpoint;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredSessionJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.StoredMessages;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Activity;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code conversations/<id>.json}: the head of a conversation, or the tombstone of a purged one. */
public final class HeadFile {
    private HeadFile() {
    }

    /** Replaces the head. It is durable once the caller has forced the directory of conversations. */
    public static void write(Disk disk, Layout layout, ConversationId id, ConversationState state) throws IOException {
        disk.replace(layout.head(id), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            json.writeNumberProperty("commit", state.commit());
            json.writeNumberProperty("revision", state.revision());
            state.head().ifPresentOrElse(head -> {
                json.writeName("conversation");
                StoredJson.write(json, head);
                MessagesFile file = state.messages().file();
                json.writeObjectPropertyStart("messages");
                json.writeNumberProperty("generation", file.generation());
                json.writeNumberProperty("length", file.length());
                json.writeNumberProperty("count", file.count());
                json.writeNumberProperty("version", file.version());
                json.writeNumberProperty("weight", file.weight());
                json.writeEndObject();
                StoredSessionJson.write(json, state.activity());
            }, () -> json.writeStringProperty("purged", id.toString()));
            json.writeEndObject();
        })));
    }

    /** The state that the head describes. Its messages file is not read. */
    public static ConversationState read(Disk disk, Layout layout, ConversationId id) throws IOException {
        byte[] bytes = disk.read(layout.head(id), 0, Integer.MAX_VALUE - 8);
        boolean isLine = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        var state = StoredJson.read("the head", bytes, 0, isLine ? bytes.length - 1 : 0, HeadFile::state);
        if (state.head().filter(head -> !head.id().equals(id)).isPresent()) {
            throw new FileDamaged("the head is of another conversation");
        }
        return state;
    }

    private static ConversationState state(JsonNode json) {
        long revision = json.required("revision").longValue();
        long commit = json.required("commit").longValue();
        Optional<Conversation> head = json.optional("conversation").map(StoredJson::conversation);
        if (head.isEmpty()) {
            return new ConversationState(head, Activity.NONE, revision, commit, StoredMessages.of(MessagesFile.NONE));
        }
        JsonNode messages = json.required("messages");
        long length = messages.required("length").longValue();
        // An earlier version wrote no weight. A message's line has about as many bytes.
        long weight = messages.optional("weight").map(JsonNode::longValue).orElse(length);
        var file = new MessagesFile(messages.required("generation").intValue(), length,
                messages.required("count").intValue(), messages.required("version").longValue(), weight);
        return new ConversationState(head, StoredSessionJson.activity(head.get().id(), json), revision, commit,
                StoredMessages.of(file));
    }
}
