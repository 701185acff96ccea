package dev.confab.adapter.web.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.InvalidValue;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds the JSON of requests strictly: UTF-8 only, no unknown or duplicate member, no value of another type, nothing after the value, no U+0000
 * and no lone surrogate. What is wrong becomes {@code invalid-request} with the JSON pointer of the place; Jackson's own messages are never shown.
 *
 * <p>A component of a request record that is neither an {@link Optional} nor a {@link Patch} must be there. A record checks itself in its
 * constructor: an {@link InvalidValue} thrown there names the component that is wrong.
 */
public final class StrictJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // looked for here, as an import binds values within a stream
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual,
                    text -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .withConfigOverride(Optional.class, optional -> optional.setNullHandling(nullIsAValue()))
            .withConfigOverride(Patch.class, patch -> patch.setNullHandling(nullIsAValue()))
            .addModule(DomainValues.module()).build();

    private StrictJson() {
    }

    private static JsonSetter.Value nullIsAValue() {
        return JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL);
    }

    /** Binds a whole body. The whole of it is checked to be well-formed JSON first, so that broken JSON is told before anything else. */
    public static <T> T bind(byte[] body, Class<T> type) {
        String json = decode(body);
        check(json);
        return JsonFaults.translated(JsonPointer.empty(), () -> {
            T bound = MAPPER.readValue(json, type);
            if (bound == null) {
                throw new InvalidMember("must be an object");
            }
            return bound;
        });
    }

    /** The tree of a text that is one JSON value. */
    public static JsonNode tree(String json) {
        check(json);
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.nextToken();
            return ExactJson.read(parser);
        }
    }

    /** Reads a stream's one JSON value as it arrives; {@code use} starts at the first token and ends at the last. */
    public static <T> T stream(InputStream body, Function<JsonParser, T> use) {
        return JsonFaults.translated(JsonPointer.empty(), () -> {
            // A decoder that Charset makes by itself would replace what is malformed.
            try (var parser = new CheckedJsonParser(
                    MAPPER.createParser(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder())))) {
                requireValue(parser);
                T result = use.apply(parser);
                requireEnd(parser);
                return result;
            }
        });
    }

    /** Binds the value that starts at the parser's current token. */
    public static <T> T bind(JsonParser parser, Class<T> type) {
        JsonPointer at = parser.streamReadContext().pathAsPointer();
        return JsonFaults.translated(at, () -> {
            T bound = MAPPER.readValue(parser, type);
            if (bound == null) {
                throw new InvalidMember("must not be null");
            }
            return bound;
        });
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException malformed) {
            throw JsonFaults.notUtf8();
        }
    }

    private static void check(String json) {
        JsonFaults.translated(JsonPointer.empty(), () -> {
            try (var parser = new CheckedJsonParser(MAPPER.createParser(json))) {
                requireValue(parser);
                parser.skipChildren();
                requireEnd(parser);
                return parser;
            }
        });
    }

    private static void requireValue(JsonParser parser) {
        if (parser.nextToken() == null) {
            throw ProblemException.invalid("The body contains no JSON.");
        }
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw ProblemException.invalid("The body continues after its JSON value.");
        }
    }
}
