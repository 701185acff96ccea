package dev.confab.adapter.web.api;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;

/** The paths that answers and mappings share. */
final class ApiPaths {
    static final String API = "/api/v1";
    static final String CONVERSATIONS = API + "/conversations";
    static final String CONVERSATION = CONVERSATIONS + "/{conversationId}";
    static final String SESSIONS = API + "/sessions";
    static final String SESSION = SESSIONS + "/{sessionId}";
    static final String CURRENT_SESSION = SESSIONS + "/current";
    static final String TURNS = API + "/turns";
    static final String TURN = TURNS + "/{turnId}";

    private ApiPaths() {
    }

    static String conversation(ConversationId id) {
        return CONVERSATIONS + "/" + id;
    }

    static String message(ConversationId id, MessageId messageId) {
        return conversation(id) + "/messages/" + messageId;
    }

    static String session(SessionId id) {
        return SESSIONS + "/" + id;
    }

    static String turn(TurnId id) {
        return TURNS + "/" + id;
    }
}
