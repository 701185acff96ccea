package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.query.Changes;
import java.util.List;

/** What changed since a version. */
@JsonPropertyOrder({"conversation", "messages", "reset"})
record ChangesJson(ConversationJson conversation, List<MessageJson> messages, boolean reset) {

    static ChangesJson from(Changes changes) {
        return new ChangesJson(ConversationJson.from(changes.conversation()), MessageJson.from(changes.messages()),
                changes.reset());
    }

    /** The head as it is, as where to go on from. */
    static ChangesJson from(Conversation head) {
        return new ChangesJson(ConversationJson.from(head), List.of(), false);
    }
}
