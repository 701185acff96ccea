package dev.confab.adapter.persistence.file.json;

import static dev.confab.adapter.persistence.file.json.StoredJson.text;
import static dev.confab.adapter.persistence.file.json.StoredJson.time;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Events of sessions and turns in the journal. The commit around them names the conversation. */
public final class SessionEventJson {
    private enum Kind {
        SESSION_STARTED, SESSION_CHANGED, SESSION_ENDED, TURN_STARTED, TURN_CHANGED
    }

    private static final Labels<Kind> KINDS = new Labels<>("event", Kind.class);

    private SessionEventJson() {
    }

    public static void write(JsonGenerator json, SessionEvent event) {
        json.writeStartObject();
        switch (event) {
            case SessionStarted e -> write(json, Kind.SESSION_STARTED, e.at(), e.session());
            case SessionChanged e -> write(json, Kind.SESSION_CHANGED, e.at(), e.session());
            case SessionEnded e -> {
                KINDS.write(json, Kind.SESSION_ENDED, e.at());
                json.writeStringProperty("sessionId", e.sessionId().toString());
            }
            case TurnStarted e -> write(json, Kind.TURN_STARTED, e.at(), e.turn());
            case TurnChanged e -> write(json, Kind.TURN_CHANGED, e.at(), e.turn());
        }
        json.writeEndObject();
    }

    /** What {@link #write} wrote; other JSON throws {@link IllegalArgumentException} or an exception of Jackson or the domain. */
    public static SessionEvent read(ConversationId id, JsonNode json) {
        Instant at = time(json, "at");
        return switch (KINDS.read(json)) {
            case SESSION_STARTED -> new SessionStarted(StoredSessionJson.session(id, json.required("session")), at);
            case SESSION_CHANGED -> new SessionChanged(StoredSessionJson.session(id, json.required("session")), at);
            case SESSION_ENDED -> new SessionEnded(id, SessionId.parse(text(json, "sessionId")), at);
            case TURN_STARTED -> new TurnStarted(StoredTurnJson.turn(id, json.required("turn")), at);
            case TURN_CHANGED -> new TurnChanged(StoredTurnJson.turn(id, json.required("turn")), at);
        };
    }

    private static void write(JsonGenerator json, Kind kind, Instant at, Session session) {
        KINDS.write(json, kind, at);
        json.writeName("session");
        StoredSessionJson.write(json, session);
    }

    private static void write(JsonGenerator json, Kind kind, Instant at, Turn turn) {
        KINDS.write(json, kind, at);
        json.writeName("turn");
        StoredTurnJson.write(json, turn);
    }
}
