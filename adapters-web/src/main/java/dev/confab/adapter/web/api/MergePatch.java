package dev.confab.adapter.web.api;

import dev.confab.adapter.web.api.JsonValue.JsonNull;
import dev.confab.adapter.web.api.JsonValue.JsonObject;
import dev.confab.adapter.web.api.JsonValue.JsonString;
import dev.confab.application.Conversations.Change;
import dev.confab.application.Messages.Edit;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session.Settings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reads merge-patches (RFC 7396): a member that is absent leaves its part as it is. */
final class MergePatch {
    private MergePatch() {
    }

    /** A patch of a conversation. */
    static Change change(JsonValue patch) {
        var members = Members.of(patch, Pointer.ROOT, "title", "metadata");
        return new Change(replaced(members, "title", Members.string(Title::new)), metadata(members));
    }

    /** A patch of a message, which must keep a text. */
    static Edit edit(JsonValue patch) {
        var members = Members.of(patch, Pointer.ROOT, "text", "data", "metadata");
        Optional<String> newText = members.get("text").map(value -> Members.string(value, Pointer.ROOT.child("text")));
        return new Edit(old -> newText.orElse(old), merged(members, "data"), metadata(members));
    }

    /** A patch of a session. */
    static UnaryOperator<Settings> settings(JsonValue patch) {
        var members = Members.of(patch, Pointer.ROOT, "name", "instructions", "model", "context");
        UnaryOperator<Optional<Title>> name = replaced(members, "name", Members.string(Title::new));
        UnaryOperator<Optional<String>> instructions = replaced(members, "instructions", Members::string);
        UnaryOperator<Optional<String>> model = replaced(members, "model", Members::string);
        UnaryOperator<Optional<String>> context = merged(members, "context");
        return old -> new Settings(name.apply(old.name()), instructions.apply(old.instructions()),
                model.apply(old.model()),
                context.apply(Optional.of(old.context().json())).map(ContextVariables::new)
                        .orElse(ContextVariables.EMPTY));
    }

    /** A member that is replaced as a whole; null removes it. */
    private static <T> UnaryOperator<Optional<T>> replaced(Members members, String name,
            BiFunction<JsonValue, Pointer, T> reader) {
        Optional<JsonValue> patch = members.get(name);
        Optional<T> next = members.optional(name, reader);
        return old -> patch.isPresent() ? next : old;
    }

    private static UnaryOperator<Metadata> metadata(Members members) {
        Pointer at = Pointer.ROOT.child("metadata");
        Optional<JsonValue> patch = members.get("metadata");
        if (patch.isEmpty()) {
            return old -> old;
        }
        if (patch.get() instanceof JsonNull) {
            return _ -> Metadata.EMPTY;
        }
        Map<String, JsonValue> pairs = Members.object(patch.get(), at).members();
        pairs.forEach((key, value) -> {
            if (!(value instanceof JsonString || value instanceof JsonNull)) {
                throw ApiException.invalid(at.child(key), "is neither a string nor null");
            }
        });
        return old -> {
            var merged = new TreeMap<>(old.pairs());
            pairs.forEach((key, value) -> {
                if (value instanceof JsonString(var text)) {
                    merged.put(key, text);
                } else {
                    merged.remove(key);
                }
            });
            return new Metadata(merged);
        };
    }

    /** JSON text into which an object is merged; null removes it. */
    private static UnaryOperator<Optional<String>> merged(Members members, String name) {
        Pointer at = Pointer.ROOT.child(name);
        Optional<JsonValue> patch = members.get(name);
        if (patch.isEmpty()) {
            return old -> old;
        }
        if (patch.get() instanceof JsonNull) {
            return _ -> Optional.empty();
        }
        JsonObject change = Members.object(patch.get(), at);
        return old -> {
            Map<String, JsonValue> before = old.map(text -> members(text, at)).orElse(Map.of());
            return Optional.of(Json.compact(JsonValue.merged(before, change)));
        };
    }

    private static Map<String, JsonValue> members(String stored, Pointer at) {
        JsonValue before = JsonInput.document(new ByteArrayInputStream(stored.getBytes(StandardCharsets.UTF_8)));
        return Members.object(before, at).members();
    }
}
