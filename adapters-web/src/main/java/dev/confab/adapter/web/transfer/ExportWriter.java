package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** Writes an export as it is read. Only {@link #end} completes it: an export that failed has no {@code end} and is not valid JSON. */
final class ExportWriter implements Transfer.Sink {
    static final String FORMAT = "confab-conversation";
    static final int FORMAT_VERSION = 1;

    private final JsonGenerator json;
    private int messages;

    ExportWriter(OutputStream out) {
        this.json = ResponseJson.MAPPER.createGenerator(out);
    }

    @Override
    public void conversation(Conversation head) {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeNumberProperty("formatVersion", FORMAT_VERSION);
        json.writePOJOProperty("conversation", ConversationJson.from(head));
        json.writeArrayPropertyStart("messages");
    }

    @Override
    public void message(Message message) {
        json.writePOJO(MessageJson.from(message));
        messages++;
    }

    /** Writes how many messages there are, which shows that the export is complete. */
    void end() {
        json.writeEndArray();
        json.writeObjectPropertyStart("end");
        json.writeNumberProperty("messages", messages);
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }
}
