package dev.confab.adapter.web.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.query.Changes;
import java.util.List;

/** The changes since a version. */
public record ChangesJson(ConversationJson conversation, List<MessageJson> messages, boolean reset) {

    public static ChangesJson from(Changes changes) {
        return new ChangesJson(ConversationJson.from(changes.conversation()), MessageJson.from(changes.messages()),
                changes.reset());
    }

    /** No changes: the current head, from which a client can follow. */
    public static ChangesJson from(Conversation head) {
        return new ChangesJson(ConversationJson.from(head), List.of(), false);
    }
}
