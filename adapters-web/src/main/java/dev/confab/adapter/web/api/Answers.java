package dev.confab.adapter.web.api;

import dev.confab.application.CreateResult;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The headers that answers share. */
final class Answers {
    static final String CONVERSATION_VERSION = "Conversation-Version";

    private Answers() {
    }

    /** An answer to a read, tagged with what was read; 304 when the client has it. */
    static <T> ResponseEntity<T> read(HttpServletRequest request, Version version, T body) {
        String tag = EntityTags.of(version);
        return EntityTags.isKnown(request, version)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build()
                : ResponseEntity.ok().eTag(tag).body(body);
    }

    /** An answer to a write: the version of what it shows, and that of the conversation. */
    static ResponseEntity.BodyBuilder written(HttpStatus status, Version shown, Version conversation) {
        return ResponseEntity.status(status).eTag(EntityTags.of(shown))
                .header(CONVERSATION_VERSION, conversation.toString());
    }

    static ResponseEntity<ConversationJson> written(Conversation head) {
        return written(HttpStatus.OK, head.version(), head.version()).body(ConversationJson.from(head));
    }

    /** 201 for a new conversation, 200 for one that the same request had made before. */
    static ResponseEntity<ConversationJson> made(CreateResult<Conversation> made) {
        Conversation head = made.value();
        return written(made.isNew() ? HttpStatus.CREATED : HttpStatus.OK, head.version(), head.version())
                .location(URI.create(ApiPaths.conversation(head.id()))).body(ConversationJson.from(head));
    }
}
