package dev.confab.adapter.persistence.file.json;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Sessions in the files. What is around them names the conversation. Context variables are a string, because they must come back
 * character for character.
 */
public final class SessionJson {
    private static final String ACTIVITY = "activity";

    private SessionJson() {
    }

    /** Writes all sessions and turns of a conversation; nothing when there are none. */
    public static void write(JsonGenerator json, Activity activity) {
        if (!activity.equals(Activity.NONE)) {
            json.writeObjectPropertyStart(ACTIVITY);
            json.writeArrayPropertyStart("sessions");
            activity.sessions().forEach(session -> write(json, session));
            json.writeEndArray();
            json.writeArrayPropertyStart("turns");
            activity.turns().forEach(turn -> TurnJson.write(json, turn));
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    public static Activity activity(ConversationId id, JsonNode json) {
        JsonNode activity = json.get(ACTIVITY);
        if (activity == null) {
            return Activity.NONE;
        }
        List<Session> sessions = StoredJson.list(activity.required("sessions"), session -> session(id, session));
        List<Turn> turns = StoredJson.list(activity.required("turns"), turn -> TurnJson.turn(id, turn));
        return new Activity(sessions, turns);
    }

    static void write(JsonGenerator json, Session session) {
        json.writeStartObject();
        json.writeStringProperty("id", session.id().toString());
        json.writeStringProperty("owner", session.owner().value());
        session.name().ifPresent(name -> json.writeStringProperty("name", name.value()));
        switch (session.lifetime()) {
            case Lifetime.Temporary temporary ->
                json.writeStringProperty("expiresAt", temporary.expiresAt().toString());
            case Lifetime.Permanent _ -> {
                // has no end
            }
        }
        session.instructions().ifPresent(text -> json.writeStringProperty("instructions", text));
        session.model().ifPresent(model -> json.writeStringProperty("model", model));
        json.writeStringProperty("context", session.context().json());
        json.writeNumberProperty("version", session.version().value());
        json.writeStringProperty("createdAt", session.createdAt().toString());
        json.writeStringProperty("updatedAt", session.updatedAt().toString());
        json.writeStringProperty("activatedAt", session.activatedAt().toString());
        json.writeStringProperty("digest", session.digest().hex());
        json.writeEndObject();
    }

    static Session session(ConversationId id, JsonNode json) {
        Lifetime lifetime = StoredJson.optional(json, "expiresAt")
                .<Lifetime>map(end -> new Lifetime.Temporary(StoredJson.time(end)))
                .orElseGet(Lifetime.Permanent::new);
        return new Session(SessionId.parse(StoredJson.text(json, "id")), id,
                new OwnerId(StoredJson.text(json, "owner")),
                StoredJson.optional(json, "name").map(Title::new), lifetime, StoredJson.optional(json, "instructions"),
                StoredJson.optional(json, "model"), new ContextVariables(StoredJson.text(json, "context")),
                StoredJson.version(json),
                StoredJson.time(json, "createdAt"), StoredJson.time(json, "updatedAt"),
                StoredJson.time(json, "activatedAt"),
                new Digest(StoredJson.text(json, "digest")));
    }
}
