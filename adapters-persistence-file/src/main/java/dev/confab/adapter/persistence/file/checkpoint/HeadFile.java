package dev.confab.adapter.persistence.file.checkpoint;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.SessionJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.StoredMessages;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code conversations/<id>.json}: the head of a conversation, or the tombstone of a purged one. */
public final class HeadFile {
    private HeadFile() {
    }

    /** Replaces the head. It is durable once the caller has forced the directory of conversations. */
    static void write(Disk disk, Layout layout, ConversationId id, ConversationState state) throws IOException {
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
                json.writeEndObject();
                SessionJson.write(json, state.activity());
            }, () -> json.writeStringProperty("purged", id.toString()));
            json.writeEndObject();
        })));
    }

    /** The state that the head describes. Its messages file is not read. */
    public static ConversationState read(Disk disk, Layout layout, ConversationId id)
            throws IOException, FileDamaged {
        Path file = layout.head(id);
        byte[] bytes = disk.read(file, 0, (int) Math.min(Integer.MAX_VALUE - 8, disk.size(file)));
        int length = bytes.length - 1;
        Optional<JsonNode> json = length < 0 || bytes[length] != '\n'
                ? Optional.empty()
                : StoredJson.line(bytes, 0, length);
        try {
            ConversationState state = state(
                    json.orElseThrow(() -> new FileDamaged("the checksum of the head does not match")));
            if (state.head().filter(head -> !head.id().equals(id)).isPresent()) {
                throw new FileDamaged("the head is of another conversation");
            }
            return state;
        } catch (JacksonException | IllegalArgumentException | ConfabException e) {
            throw new FileDamaged("the head cannot be read: " + e.getMessage());
        }
    }

    private static ConversationState state(JsonNode json) {
        long revision = json.required("revision").longValue();
        long commit = json.required("commit").longValue();
        JsonNode head = json.get("conversation");
        if (head == null) {
            return new ConversationState(Optional.empty(), Activity.NONE, revision, commit,
                    StoredMessages.of(MessagesFile.NONE));
        }
        Conversation conversation = StoredJson.conversation(head);
        JsonNode messages = json.required("messages");
        var file = new MessagesFile(messages.required("generation").intValue(),
                messages.required("length").longValue(), messages.required("count").intValue(),
                messages.required("version").longValue());
        return new ConversationState(Optional.of(conversation), SessionJson.activity(conversation.id(), json), revision,
                commit, StoredMessages.of(file));
    }
}
