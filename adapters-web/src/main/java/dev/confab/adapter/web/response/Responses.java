package dev.confab.adapter.web.response;

import dev.confab.domain.conversation.Version;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The headers that responses share. */
public final class Responses {
    public static final String CONVERSATION_VERSION = "Conversation-Version";

    private Responses() {
    }

    /** A version as an entity tag (RFC 9110, section 8.8.3). */
    public static String tag(Version version) {
        return "\"" + version + "\"";
    }

    /** 201 for what this request created, 200 for what the same request had created before. */
    public static HttpStatus created(boolean isNew) {
        return isNew ? HttpStatus.CREATED : HttpStatus.OK;
    }

    /** The response to a write of a conversation: the version of what it shows, and that of the conversation. */
    public static ResponseEntity.BodyBuilder written(HttpStatus status, Version shown, Version conversation) {
        return ResponseEntity.status(status).eTag(tag(shown)).header(CONVERSATION_VERSION, conversation.toString());
    }
}
