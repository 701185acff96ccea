package dev.confab.adapter.web.response;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;

/** The paths that mappings and {@code Location} headers share. */
public final class ApiPaths {
    public static final String API = "/api/v1";
    public static final String CONVERSATIONS = API + "/conversations";
    public static final String CONVERSATION = CONVERSATIONS + "/{conversationId}";
    public static final String SESSIONS = API + "/sessions";
    public static final String SESSION = SESSIONS + "/{sessionId}";
    public static final String CURRENT_SESSION = SESSIONS + "/current";
    public static final String TURNS = API + "/turns";
    public static final String TURN = TURNS + "/{turnId}";

    private ApiPaths() {
    }

    public static String conversation(ConversationId id) {
        return CONVERSATIONS + "/" + id;
    }

    public static String message(ConversationId id, MessageId messageId) {
        return conversation(id) + "/messages/" + messageId;
    }

    public static String session(SessionId id) {
        return SESSIONS + "/" + id;
    }

    public static String turn(TurnId id) {
        return TURNS + "/" + id;
    }
}
