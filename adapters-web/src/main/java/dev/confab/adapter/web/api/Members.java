package dev.confab.adapter.web.api;

import dev.confab.adapter.web.api.JsonValue.JsonArray;
import dev.confab.adapter.web.api.JsonValue.JsonBoolean;
import dev.confab.adapter.web.api.JsonValue.JsonNull;
import dev.confab.adapter.web.api.JsonValue.JsonNumber;
import dev.confab.adapter.web.api.JsonValue.JsonObject;
import dev.confab.adapter.web.api.JsonValue.JsonString;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Metadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The members of an object in a request: known by name, of the right type, never coerced. */
final class Members {
    private final Map<String, JsonValue> members;
    private final Pointer at;

    private Members(Map<String, JsonValue> members, Pointer at) {
        this.members = members;
        this.at = at;
    }

    /** The object at this place, which may have these members and no others. */
    static Members of(JsonValue value, Pointer at, String... known) {
        if (!(value instanceof JsonObject(var members))) {
            throw ApiException.invalid(at, "is not an object");
        }
        for (String name : members.keySet()) {
            if (!Set.of(known).contains(name)) {
                throw ApiException.invalid(at.child(name), "is not known here");
            }
        }
        return new Members(members, at);
    }

    /** What stands there, an explicit null included. */
    Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** What stands there; for an optional member, null means the same as nothing. */
    private Optional<JsonValue> present(String name) {
        return get(name).filter(value -> !(value instanceof JsonNull));
    }

    <T> Optional<T> optional(String name, BiFunction<JsonValue, Pointer, T> reader) {
        Pointer place = at.child(name);
        return present(name).map(value -> checked(place, () -> reader.apply(value, place)));
    }

    <T> T required(String name, BiFunction<JsonValue, Pointer, T> reader) {
        return optional(name, reader).orElseThrow(() -> ApiException.invalid(at.child(name), "is missing"));
    }

    /** Reads a value of a type that checks itself, and names the place when it refuses. */
    static <T> T checked(Pointer place, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValue refused) {
            throw ApiException.invalid(place, refused.reason());
        }
    }

    static String string(JsonValue value, Pointer at) {
        if (value instanceof JsonString(var text)) {
            return text;
        }
        throw ApiException.invalid(at, "is not a string");
    }

    /** A reader of a type that is made from a string. */
    static <T> BiFunction<JsonValue, Pointer, T> string(Function<String, T> type) {
        return (value, at) -> type.apply(string(value, at));
    }

    static boolean flag(JsonValue value, Pointer at) {
        if (value instanceof JsonBoolean(boolean flag)) {
            return flag;
        }
        throw ApiException.invalid(at, "is neither true nor false");
    }

    static long integer(JsonValue value, Pointer at) {
        try {
            if (value instanceof JsonNumber(var text)) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException notAnInteger) {
            // falls through to the one error
        }
        throw ApiException.invalid(at, "is not an integer of 64 bits");
    }

    static Instant time(JsonValue value, Pointer at) {
        String text = string(value, at);
        try {
            Instant time = Instant.parse(text);
            if (Json.time(time).equals(text)) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // falls through to the one error
        }
        throw ApiException.invalid(at, "is not a time in UTC with milliseconds, like 2026-01-31T09:30:00.000Z");
    }

    /** An object, as compact JSON text. */
    static String data(JsonValue value, Pointer at) {
        return Json.compact(object(value, at));
    }

    static JsonObject object(JsonValue value, Pointer at) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw ApiException.invalid(at, "is not an object");
    }

    static Metadata metadata(JsonValue value, Pointer at) {
        var pairs = new TreeMap<String, String>();
        object(value, at).members().forEach((key, member) -> pairs.put(key, string(member, at.child(key))));
        return new Metadata(pairs);
    }

    /** A reader of an array of {@code min} to {@code max} items. */
    static <T> BiFunction<JsonValue, Pointer, List<T>> list(int min, int max,
            BiFunction<JsonValue, Pointer, T> itemReader) {
        return (value, at) -> {
            if (!(value instanceof JsonArray(var items))) {
                throw ApiException.invalid(at, "is not an array");
            }
            if (items.size() < min || items.size() > max) {
                throw ApiException.invalid(at, "has " + items.size() + " items; it may have " + min + " to " + max);
            }
            var result = new ArrayList<T>();
            for (JsonValue item : items) {
                result.add(itemReader.apply(item, at.child(result.size())));
            }
            return result;
        };
    }
}
