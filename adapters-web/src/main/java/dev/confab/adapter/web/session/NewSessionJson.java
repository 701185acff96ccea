package dev.confab.adapter.web.session;

import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.Sessions;
import dev.confab.application.Sessions.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionIdReused;
import dev.confab.domain.session.Session.TokenBudget;
import java.time.Duration;
import java.util.Optional;

/**
 * The body of a request for a new session.
 *
 * @param conversationId the conversation of the session; if absent, a new one is created
 * @param ttlSeconds how long a temporary session lives
 */
record NewSessionJson(Optional<SessionId> id, Optional<Title> name, Optional<ConversationId> conversationId,
        Optional<Boolean> temporary, Optional<Long> ttlSeconds, Optional<String> instructions, Optional<String> model,
        Optional<TokenBudget> contextTokens, Optional<ContextVariables> context) {

    NewSessionJson {
        ttlSeconds.ifPresent(NewSessionJson::requireTimeToLive);
        if (ttlSeconds.isPresent() && !temporary.orElse(false)) {
            throw new InvalidValue("ttlSeconds", "is only for a temporary session");
        }
    }

    Creation creation(IdempotencyKey key) {
        return new Creation(key.unless(id.map(SessionId::value), SessionIdReused.class), conversationId, timeToLive(),
                new Settings(name, instructions, model, contextTokens, context.orElse(ContextVariables.EMPTY)));
    }

    private Optional<Duration> timeToLive() {
        return temporary.orElse(false)
                ? Optional.of(ttlSeconds.map(Duration::ofSeconds).orElse(Sessions.DEFAULT_TIME_TO_LIVE))
                : Optional.empty();
    }

    private static void requireTimeToLive(long seconds) {
        if (seconds < Sessions.MIN_TIME_TO_LIVE.toSeconds() || seconds > Sessions.MAX_TIME_TO_LIVE.toSeconds()) {
            throw new InvalidValue("ttlSeconds",
                    "must be from " + Sessions.MIN_TIME_TO_LIVE.toSeconds() + " to "
                            + Sessions.MAX_TIME_TO_LIVE.toSeconds());
        }
    }
}
