package dev.confab.adapter.persistence.file.json;

import static dev.confab.adapter.persistence.file.json.StoredJson.list;
import static dev.confab.adapter.persistence.file.json.StoredJson.optional;
import static dev.confab.adapter.persistence.file.json.StoredJson.text;
import static dev.confab.adapter.persistence.file.json.StoredJson.time;
import static dev.confab.adapter.persistence.file.json.StoredJson.version;
import static dev.confab.adapter.persistence.file.json.StoredJson.writeList;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Sessions in the files, without their conversation's id. Context variables are a string: every character must come back. */
public final class StoredSessionJson {
    private static final String ACTIVITY = "activity";

    private StoredSessionJson() {
    }

    /** Writes all sessions and turns of a conversation; nothing when there are none. */
    public static void write(JsonGenerator json, Activity activity) {
        if (!activity.equals(Activity.NONE)) {
            json.writeObjectPropertyStart(ACTIVITY);
            writeList(json, "sessions", activity.sessions(), StoredSessionJson::write);
            writeList(json, "turns", activity.turns(), StoredTurnJson::write);
            json.writeEndObject();
        }
    }

    public static Activity activity(ConversationId id, JsonNode json) {
        return json.optional(ACTIVITY)
                .map(found -> new Activity(list(found.required("sessions"), session -> session(id, session)),
                        list(found.required("turns"), turn -> StoredTurnJson.turn(id, turn))))
                .orElse(Activity.NONE);
    }

    public static void write(JsonGenerator json, Session session) {
        json.writeStartObject();
        json.writeStringProperty("id", session.id().toString());
        json.writeStringProperty("owner", session.owner().value());
        session.name().ifPresent(name -> json.writeStringProperty("name", name.value()));
        switch (session.lifetime()) {
            case Lifetime.Temporary temporary ->
                json.writeStringProperty("expiresAt", temporary.expiresAt().toString());
            case Lifetime.Permanent _ -> {
            }
        }
        session.instructions().ifPresent(text -> json.writeStringProperty("instructions", text));
        session.model().ifPresent(model -> json.writeStringProperty("model", model));
        session.contextTokens().ifPresent(budget -> json.writeNumberProperty("contextTokens", budget.tokens()));
        json.writeStringProperty("context", session.context().json());
        json.writeNumberProperty("version", session.version().value());
        json.writeStringProperty("createdAt", session.createdAt().toString());
        json.writeStringProperty("updatedAt", session.updatedAt().toString());
        json.writeStringProperty("activatedAt", session.activatedAt().toString());
        json.writeStringProperty("digest", session.digest().hex());
        json.writeEndObject();
    }

    public static Session session(ConversationId id, JsonNode json) {
        Lifetime lifetime = optional(json, "expiresAt")
                .<Lifetime>map(end -> new Lifetime.Temporary(time(end)))
                .orElseGet(Lifetime.Permanent::new);
        return new Session(SessionId.parse(text(json, "id")), id, new OwnerId(text(json, "owner")),
                optional(json, "name").map(Title::new), lifetime, optional(json, "instructions"),
                optional(json, "model"),
                json.optional("contextTokens").map(budget -> new TokenBudget(budget.intValue())),
                new ContextVariables(text(json, "context")), version(json),
                time(json, "createdAt"), time(json, "updatedAt"), time(json, "activatedAt"),
                new Digest(text(json, "digest")));
    }
}
