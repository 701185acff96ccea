package dev.confab.adapter.web.api;

import dev.confab.application.Sessions;
import dev.confab.application.Sessions.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads what a new session is to be. */
final class SessionRequests {
    private SessionRequests() {
    }

    static Creation creation(HttpServletRequest request) throws IOException {
        JsonValue body = Bodies.optionalJson(request).orElseGet(() -> new JsonValue.JsonObject(Map.of()));
        var members = Members.of(body, Pointer.ROOT, "id", "name", "conversationId", "temporary", "ttlSeconds",
                "instructions", "model", "context");
        var id = members.optional("id", Members.string(SessionId::parse)).map(SessionId::value);
        var conversation = members.optional("conversationId", Members.string(ConversationId::parse));
        var settings = new Settings(members.optional("name", Members.string(Title::new)),
                members.optional("instructions", Members::string), members.optional("model", Members::string),
                members.optional("context", (value, at) -> new ContextVariables(Members.data(value, at)))
                        .orElse(ContextVariables.EMPTY));
        return new Creation(RequestedIds.of(id, request), conversation, life(members), settings);
    }

    private static Optional<Duration> life(Members members) {
        boolean temporary = members.optional("temporary", Members::flag).orElse(false);
        Optional<Duration> life = members.optional("ttlSeconds", SessionRequests::life);
        if (life.isPresent() && !temporary) {
            throw ApiException.invalid(Pointer.ROOT.child("ttlSeconds"), "is only for a temporary session");
        }
        return temporary ? life.or(() -> Optional.of(Sessions.DEFAULT_TIME_TO_LIVE)) : Optional.empty();
    }

    private static Duration life(JsonValue value, Pointer at) {
        long seconds = Members.integer(value, at);
        if (seconds < Sessions.MIN_TIME_TO_LIVE.toSeconds() || seconds > Sessions.MAX_TIME_TO_LIVE.toSeconds()) {
            throw ApiException.invalid(at, "is not from " + Sessions.MIN_TIME_TO_LIVE.toSeconds() + " to "
                    + Sessions.MAX_TIME_TO_LIVE.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }
}
