package dev.confab.adapter.web.session;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.TokenBudget;
import org.jspecify.annotations.Nullable;

/**
 * A session and its latest turn; its {@code context} is JSON text, written as it is.
 *
 * @param expiresAt null for a permanent one
 * @param turn null before the first one, and when it is no longer kept
 */
public record SessionJson(String id, @Nullable String name, String conversationId, boolean temporary,
        @Nullable String expiresAt, @Nullable String instructions, @Nullable String model,
        @Nullable Integer contextTokens, @JsonRawValue String context, long version, @Nullable TurnJson turn,
        String createdAt, String updatedAt) {

    public static SessionJson from(SessionView view) {
        Session session = view.session();
        var expiry = session.lifetime().expiry();
        return new SessionJson(session.id().toString(), session.name().map(Title::value).orElse(null),
                session.conversationId().toString(), expiry.isPresent(), expiry.map(ResponseJson::time).orElse(null),
                session.instructions().orElse(null), session.model().orElse(null),
                session.contextTokens().map(TokenBudget::tokens).orElse(null), session.context().json(),
                session.version().value(), view.turn().map(TurnJson::from).orElse(null),
                ResponseJson.time(session.createdAt()), ResponseJson.time(session.updatedAt()));
    }
}
