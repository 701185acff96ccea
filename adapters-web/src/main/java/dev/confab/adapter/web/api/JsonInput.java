package dev.confab.adapter.web.api;

import dev.confab.adapter.web.api.JsonValue.JsonArray;
import dev.confab.adapter.web.api.JsonValue.JsonBoolean;
import dev.confab.adapter.web.api.JsonValue.JsonNull;
import dev.confab.adapter.web.api.JsonValue.JsonNumber;
import dev.confab.adapter.web.api.JsonValue.JsonObject;
import dev.confab.adapter.web.api.JsonValue.JsonString;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads a request's JSON strictly: UTF-8 only, no key twice, nothing after the value, no U+0000 and no lone surrogate, also
 * not as an escape. What is wrong becomes {@code invalid-request} that names the place.
 */
final class JsonInput {
    private final JsonParser parser;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /** The one value that the stream holds. */
    static JsonValue document(InputStream body) {
        return read(body, input -> input.value(Pointer.ROOT));
    }

    /** Lets {@code use} read the stream's one value, standing at its first token. */
    static <T> T read(InputStream body, Function<JsonInput, T> use) {
        var utf8 = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (JsonParser parser = Json.MAPPER.createParser(new InputStreamReader(body, utf8))) {
            if (parser.nextToken() == null) {
                throw ApiException.invalid("the body holds no JSON");
            }
            T result = use.apply(new JsonInput(parser));
            if (parser.nextToken() != null) {
                throw ApiException.invalid("something follows the JSON value, at " + place(parser));
            }
            return result;
        } catch (JacksonIOException unreadable) {
            Throwable cause = unreadable.getCause();
            if (cause instanceof CharacterCodingException) {
                throw ApiException.invalid("the body is not UTF-8");
            }
            if (cause instanceof BoundedBody.TooLarge) {
                throw ApiException.of(ProblemCode.CONTENT_TOO_LARGE, String.valueOf(cause.getMessage()));
            }
            throw unreadable;
        } catch (JacksonException broken) {
            throw ApiException.invalid("broken JSON" + place(broken) + ": " + firstLine(broken));
        }
    }

    /** The value that begins at the current token; the current token is then its last one. */
    JsonValue value(Pointer at) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> {
                var items = new ArrayList<JsonValue>();
                while (nextItem()) {
                    items.add(value(at.child(items.size())));
                }
                yield new JsonArray(items);
            }
            case VALUE_STRING -> new JsonString(wellFormed(parser.getString(), at));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            default -> new JsonNull();
        };
    }

    /** Whether the current token begins an object, or an array. */
    boolean isAt(JsonToken start) {
        return parser.currentToken() == start;
    }

    /** Goes to the next item of the array, or past its last one. */
    boolean nextItem() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Goes to the value of the object's next member, or past its last one. */
    boolean nextMember() {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return false;
        }
        parser.nextToken();
        return true;
    }

    /** The key of the current member. */
    String key(Pointer at) {
        return wellFormed(parser.currentName(), at);
    }

    private JsonObject object(Pointer at) {
        var members = new LinkedHashMap<String, JsonValue>();
        while (nextMember()) {
            String key = key(at);
            Pointer place = at.child(key);
            if (members.put(key, value(place)) != null) {
                throw ApiException.invalid(place, "stands there twice");
            }
        }
        return new JsonObject(members);
    }

    private static String wellFormed(String text, Pointer at) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ApiException.invalid(at, "contains U+0000");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw ApiException.invalid(at, "contains a lone surrogate");
            }
        }
        return text;
    }

    private static String place(JsonParser parser) {
        var location = parser.currentTokenLocation();
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String place(JacksonException broken) {
        var location = broken.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(JacksonException broken) {
        return broken.getOriginalMessage().lines().findFirst().orElse("");
    }
}
