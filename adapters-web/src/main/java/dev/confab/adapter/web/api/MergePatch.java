package dev.confab.adapter.web.api;

import dev.confab.adapter.web.api.JsonValue.JsonNull;
import dev.confab.adapter.web.api.JsonValue.JsonObject;
import dev.confab.adapter.web.api.JsonValue.JsonString;
import dev.confab.application.Conversations.Change;
import dev.confab.application.Messages.Edit;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads merge-patches (RFC 7396): a member that is absent leaves its part as it is. */
final class MergePatch {
    private MergePatch() {
    }

    /** A patch of a conversation. */
    static Change change(JsonValue patch) {
        var members = Members.of(patch, Pointer.ROOT, "title", "metadata");
        return new Change(title(members), metadata(members));
    }

    /** A patch of a message, which must keep a text. */
    static Edit edit(JsonValue patch) {
        var members = Members.of(patch, Pointer.ROOT, "text", "data", "metadata");
        Optional<String> newText = members.get("text").map(value -> Members.string(value, Pointer.ROOT.child("text")));
        return new Edit(old -> newText.orElse(old), data(members), metadata(members));
    }

    private static UnaryOperator<Optional<Title>> title(Members members) {
        Optional<JsonValue> patch = members.get("title");
        Optional<Title> newTitle = members.optional("title", Members.string(Title::new));
        return old -> patch.isPresent() ? newTitle : old;
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

    private static UnaryOperator<Optional<String>> data(Members members) {
        Optional<JsonValue> patch = members.get("data");
        if (patch.isEmpty()) {
            return old -> old;
        }
        if (patch.get() instanceof JsonNull) {
            return _ -> Optional.empty();
        }
        JsonObject change = Members.object(patch.get(), Pointer.ROOT.child("data"));
        return old -> {
            Map<String, JsonValue> before = old.map(MergePatch::members).orElse(Map.of());
            return Optional.of(Json.compact(JsonValue.merged(before, change)));
        };
    }

    private static Map<String, JsonValue> members(String data) {
        JsonValue stored = JsonInput.document(new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)));
        return Members.object(stored, Pointer.ROOT.child("data")).members();
    }
}
