package dev.confab.adapter.web.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as a client sent it: the order of keys and the digits of numbers are kept, so that {@code data} goes out as it came in.
 */
sealed interface JsonValue {

    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    }

    record JsonArray(List<JsonValue> items) implements JsonValue {
    }

    record JsonString(String value) implements JsonValue {
    }

    /** @param text the number's own digits: a {@code double} or a {@code BigDecimal} would change some */
    record JsonNumber(String text) implements JsonValue {
    }

    record JsonBoolean(boolean value) implements JsonValue {
    }

    record JsonNull() implements JsonValue {
    }

    /** This object after a merge-patch (RFC 7396, section 2). */
    static JsonObject merged(Map<String, JsonValue> target, JsonObject patch) {
        var result = new LinkedHashMap<>(target);
        patch.members().forEach((key, change) -> {
            switch (change) {
                case JsonNull removed -> result.remove(key);
                case JsonObject nested -> {
                    Map<String, JsonValue> old = result.get(key) instanceof JsonObject(var members)
                            ? members
                            : Map.of();
                    result.put(key, merged(old, nested));
                }
                case JsonArray _,JsonString _,JsonNumber _,JsonBoolean _ -> result.put(key, change);
            }
        });
        return new JsonObject(result);
    }
}
