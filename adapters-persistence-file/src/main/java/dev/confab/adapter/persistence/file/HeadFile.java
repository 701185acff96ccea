package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Activity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code conversations/<id>.json}: one conversation's head, or the tombstone of a purged one. */
final class HeadFile {
    /** A file that is not what the store wrote. The message says what is wrong. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Damaged(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private HeadFile() {
    }

    /** Replaces the head: written beside, forced and renamed. Durable once the directory is forced. */
    static void write(Disk disk, Layout layout, ConversationId id, State state) throws IOException {
        byte[] line = ChecksummedLine.of(Json.bytes(json -> {
            json.writeStartObject();
            json.writeNumberProperty("commit", state.commit());
            json.writeNumberProperty("revision", state.revision());
            state.head().ifPresentOrElse(head -> {
                json.writeName("conversation");
                Json.write(json, head);
                json.writeObjectPropertyStart("messages");
                json.writeNumberProperty("generation", state.file().generation());
                json.writeNumberProperty("length", state.file().length());
                json.writeNumberProperty("count", state.file().count());
                json.writeNumberProperty("version", state.file().version());
                json.writeEndObject();
                SessionJson.write(json, state.activity());
            }, () -> json.writeStringProperty("purged", id.toString()));
            json.writeEndObject();
        }));
        writeWhole(disk, layout.head(id), line);
    }

    /** A new file: written, forced, renamed; the directory is for the caller to force. */
    static void writeWhole(Disk disk, Path file, byte[] bytes) throws IOException {
        Path unfinished = Layout.unfinished(file);
        try (Disk.WritableFile out = disk.open(unfinished)) {
            out.truncate(0);
            out.write(ByteBuffer.wrap(bytes), 0);
            out.force();
        }
        disk.rename(unfinished, file);
    }

    /** The state that the head describes; its messages file is not looked at. */
    static State read(Disk disk, Layout layout, ConversationId id) throws IOException, Damaged {
        Path file = layout.head(id);
        byte[] bytes = disk.read(file, 0, (int) Math.min(Integer.MAX_VALUE - 8, disk.size(file)));
        int length = bytes.length - 1;
        OptionalInt json = length < 0 || bytes[length] != '\n'
                ? OptionalInt.empty()
                : ChecksummedLine.check(bytes, 0, length);
        if (json.isEmpty()) {
            throw new Damaged("the head's checksum does not match");
        }
        try {
            State state = state(Json.tree(bytes, ChecksummedLine.PREFIX, json.getAsInt()));
            if (state.head().map(Conversation::id).filter(found -> !found.equals(id)).isPresent()) {
                throw new Damaged("the head is another conversation's");
            }
            return state;
        } catch (JacksonException | IllegalArgumentException | dev.confab.domain.ConfabException e) {
            throw new Damaged("the head cannot be read: " + e.getMessage());
        }
    }

    private static State state(JsonNode json) {
        long revision = json.required("revision").longValue();
        long commit = json.required("commit").longValue();
        JsonNode head = json.get("conversation");
        if (head == null) {
            return State.checkpointed(Optional.empty(), Activity.NONE, revision, commit, State.MessagesFile.NONE);
        }
        JsonNode file = json.required("messages");
        Conversation conversation = Json.conversation(head);
        return State.checkpointed(Optional.of(conversation), SessionJson.activity(conversation.id(), json), revision,
                commit,
                new State.MessagesFile(file.required("generation").intValue(), file.required("length").longValue(),
                        file.required("count").intValue(), file.required("version").longValue()));
    }
}
