package dev.confab.adapter.persistence.file;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Sessions as JSON, as {@link Json} writes values. Their conversation stands around them. A context stays a string, so that it comes back
 * to the character.
 */
final class SessionJson {
    private static final String ACTIVITY = "activity";

    private SessionJson() {
    }

    /** Nothing at all when there is none. */
    static void write(JsonGenerator json, Activity activity) {
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

    static Activity activity(ConversationId id, JsonNode json) {
        JsonNode activity = json.get(ACTIVITY);
        if (activity == null) {
            return Activity.NONE;
        }
        List<Session> sessions = list(activity.required("sessions"), session -> session(id, session));
        List<Turn> turns = list(activity.required("turns"), turn -> TurnJson.turn(id, turn));
        return new Activity(sessions, turns);
    }

    static void write(JsonGenerator json, Session session) {
        json.writeStartObject();
        json.writeStringProperty("id", session.id().toString());
        json.writeStringProperty("owner", session.owner().value());
        session.name().ifPresent(name -> json.writeStringProperty("name", name.value()));
        session.lifetime().expiry().ifPresent(end -> json.writeStringProperty("expiresAt", end.toString()));
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
        Lifetime lifetime = Json.optional(json, "expiresAt")
                .<Lifetime>map(end -> new Lifetime.Temporary(Json.time(end)))
                .orElseGet(Lifetime.Permanent::new);
        return new Session(SessionId.parse(Json.text(json, "id")), id, new OwnerId(Json.text(json, "owner")),
                Json.optional(json, "name").map(Title::new), lifetime, Json.optional(json, "instructions"),
                Json.optional(json, "model"), new ContextVariables(Json.text(json, "context")), Json.version(json),
                Json.time(json, "createdAt"), Json.time(json, "updatedAt"), Json.time(json, "activatedAt"),
                new Digest(Json.text(json, "digest")));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        var items = new ArrayList<T>(array.size());
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }
}
