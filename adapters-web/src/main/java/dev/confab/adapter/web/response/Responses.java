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

    /** 201 for a new resource, 200 for one that the same request created before. */
    public static HttpStatus created(boolean isNew) {
        return isNew ? HttpStatus.CREATED : HttpStatus.OK;
    }

    /** The response to a write after which the conversation has this version. */
    public static ResponseEntity.BodyBuilder written(HttpStatus status, Version version) {
        return ResponseEntity.status(status).eTag(tag(version)).header(CONVERSATION_VERSION, version.toString());
    }
}
