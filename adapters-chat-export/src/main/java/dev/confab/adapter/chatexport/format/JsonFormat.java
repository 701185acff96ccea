package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.domain.chatexport.Refusal;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/** A format whose chats are in entries of JSON. */
abstract class JsonFormat implements ExportFormat {

    /** Whether an entry of this shape has chats. */
    abstract boolean hasChats(JsonShape shape);

    /** Reads the chats of an entry of the contents. */
    abstract void read(JsonCursor json, Contents contents, Reading reading);

    @Override
    public boolean recognises(Contents contents) {
        return !contents.json(this::hasChats).isEmpty();
    }

    @Override
    public void read(Contents contents, Reading reading) {
        contents.json(this::hasChats).forEach(entry -> read(entry, contents, reading));
    }

    private void read(Entry entry, Contents contents, Reading reading) {
        contents.take(entry);
        try (var json = JsonCursor.open(entry, reading.clean())) {
            read(json, contents, reading);
            json.next();
            if (!json.isAtEnd()) {
                reading.refused(new Refusal(entry.name(), "goes on after the end of its JSON"));
            }
        } catch (JacksonException e) {
            reading.refused(JsonCursor.broken(entry, e));
        } catch (Refused refused) {
            reading.refused(new Refusal(entry.name(), refused.reason()));
        } catch (IOException e) {
            reading.refused(new Refusal(entry.name(), "cannot be read: " + e.getMessage()));
        }
    }

    /** Reads one chat from the JSON value that begins at the cursor. */
    @FunctionalInterface
    interface ChatReader {
        void read(JsonCursor json, String pointer, ChatBuilder chat);
    }

    /** Reads the chats of the array that begins here, or the one that is here, and gives each to the sink. */
    void eachChat(JsonCursor json, String pointer, Reading reading, ChatReader reader) {
        if (json.isAt(JsonToken.START_ARRAY)) {
            json.elements(pointer, at -> oneChat(json, at, reading, reader), reading::refused);
            return;
        }
        try {
            oneChat(json, pointer, reading, reader);
        } catch (Refused refused) {
            reading.refused(new Refusal(json.place(pointer), refused.reason()));
            json.skipToRoot();
        }
    }

    private void oneChat(JsonCursor json, String pointer, Reading reading, ChatReader reader) {
        ChatBuilder chat = reading.chat(this, json.place(pointer));
        reader.read(json, pointer, chat);
        chat.give(reading);
        reading.leftOut(chat.leftOut());
    }

    /** Nothing is made of the member that begins here: a setting of the application, say. The report names it, unless it is empty. */
    static void leaveOut(String member, JsonCursor json, ChatBuilder chat) {
        if (!json.isEmptyMember()) {
            chat.leaveOut(member);
        }
    }
}
