package dev.confab.adapter.web.api;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;

/** The paths that answers and mappings share. */
final class ApiPaths {
    static final String API = "/api/v1";
    static final String CONVERSATIONS = API + "/conversations";
    static final String CONVERSATION = CONVERSATIONS + "/{conversationId}";

    private ApiPaths() {
    }

    static String conversation(ConversationId id) {
        return CONVERSATIONS + "/" + id;
    }

    static String message(ConversationId id, MessageId messageId) {
        return conversation(id) + "/messages/" + messageId;
    }
}
