package dev.confab.adapter.web.document;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.io.Writer;
import java.util.Map;

/** A JSON object in each line: the conversation, each message, and the end, which says how many messages there are. */
final class LinesDocument extends Document {
    private int messages;

    LinesDocument(Writer out) {
        super(out);
    }

    @Override
    public void conversation(Conversation head) {
        line("conversation", ConversationJson.from(head));
    }

    @Override
    public void message(Message message) {
        messages++;
        line("message", MessageJson.from(message));
    }

    @Override
    void finish() {
        line("end", Map.of("messages", messages));
    }

    private void line(String name, Object value) {
        write(ResponseJson.MAPPER.writeValueAsString(Map.of(name, value)), "\n");
    }
}
