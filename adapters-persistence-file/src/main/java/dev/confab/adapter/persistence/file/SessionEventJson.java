package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.SessionId;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A session's or a turn's event of the journal as JSON. Its conversation stands once, in the commit around it. */
final class SessionEventJson {
    private SessionEventJson() {
    }

    static void write(JsonGenerator json, SessionEvent event) {
        json.writeStartObject();
        switch (event) {
            case SessionStarted e -> {
                begin(json, "session-started", e);
                json.writeName("session");
                SessionJson.write(json, e.session());
            }
            case SessionChanged e -> {
                begin(json, "session-changed", e);
                json.writeName("session");
                SessionJson.write(json, e.session());
            }
            case SessionEnded e -> {
                begin(json, "session-ended", e);
                json.writeStringProperty("sessionId", e.sessionId().toString());
            }
            case TurnStarted e -> {
                begin(json, "turn-started", e);
                json.writeName("turn");
                TurnJson.write(json, e.turn());
            }
            case TurnChanged e -> {
                begin(json, "turn-changed", e);
                json.writeName("turn");
                TurnJson.write(json, e.turn());
            }
        }
        json.writeEndObject();
    }

    static SessionEvent read(ConversationId id, JsonNode json) {
        Instant at = Json.time(json, "at");
        return switch (Json.text(json, "event")) {
            case "session-started" -> new SessionStarted(SessionJson.session(id, json.required("session")), at);
            case "session-changed" -> new SessionChanged(SessionJson.session(id, json.required("session")), at);
            case "session-ended" -> new SessionEnded(id, SessionId.parse(Json.text(json, "sessionId")), at);
            case "turn-started" -> new TurnStarted(TurnJson.turn(id, json.required("turn")), at);
            case "turn-changed" -> new TurnChanged(TurnJson.turn(id, json.required("turn")), at);
            default -> throw new IllegalArgumentException("unknown event " + Json.text(json, "event"));
        };
    }

    private static void begin(JsonGenerator json, String kind, SessionEvent event) {
        json.writeStringProperty("event", kind);
        json.writeStringProperty("at", event.at().toString());
    }
}
