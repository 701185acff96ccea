package dev.confab.adapter.web.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.confab.adapter.web.problem.ProblemException;
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
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
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
 * <p>A component of a request record that is neither an {@link Optional} nor a {@link Patch} is required. A record checks itself in its
 * constructor: an {@code InvalidValue} thrown there names the component that is wrong.
 */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // an import binds values within a stream
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual,
                    text -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .withConfigOverride(Optional.class,
                    type -> type.setNullHandling(JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL)))
            .withConfigOverride(Patch.class,
                    type -> type.setNullHandling(JsonSetter.Value.construct(Nulls.SET, Nulls.SET)))
            .addModule(DomainValues.module()).build();

    private StrictJson() {
    }

    /** Binds a whole body. All of it is checked to be well-formed JSON first, so that broken JSON is reported before any other fault. */
    public static <T> T bind(byte[] body, Class<T> type) {
        String json = checked(decoded(body));
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.nextToken();
            return bind(parser, type);
        }
    }

    /** Binds the value that starts at the parser's current token. */
    public static <T> T bind(JsonParser parser, Class<T> type) {
        JsonPointer at = parser.streamReadContext().pathAsPointer();
        return JsonFaults.translated(parser, at, () -> {
            T bound = MAPPER.readValue(parser, type);
            if (bound == null) {
                throw new InvalidMember(JsonPointer.empty(), JsonFaults.expected(type));
            }
            return bound;
        });
    }

    /** The tree of a text that is one JSON value. */
    public static JsonNode tree(String json) {
        try (JsonParser parser = MAPPER.createParser(checked(json))) {
            parser.nextToken();
            return ExactJson.read(parser);
        }
    }

    /** Reads a stream's one JSON value as it arrives; {@code use} starts at the value's first token and ends at its last. */
    public static <T> T stream(InputStream body, Function<JsonParser, T> use) {
        // A reader that is given the charset alone would replace what is malformed.
        return read(MAPPER.createParser(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder())), use);
    }

    private static <T> T read(JsonParser source, Function<JsonParser, T> use) {
        try (JsonParser parser = source) {
            return JsonFaults.translated(parser, JsonPointer.empty(), () -> {
                if (parser.nextToken() == null) {
                    throw ProblemException.invalid("The body contains no JSON.");
                }
                T result = use.apply(parser);
                if (parser.nextToken() != null) {
                    throw ProblemException.invalid("The body continues after its JSON value.");
                }
                return result;
            });
        }
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException malformed) {
            throw JsonFaults.notUtf8();
        }
    }

    private static String checked(String json) {
        return read(MAPPER.createParser(json), parser -> {
            ExactJson.requireWellFormed(parser);
            for (int open = isStart(parser) ? 1 : 0; open > 0;) {
                parser.nextToken();
                ExactJson.requireWellFormed(parser);
                open += isStart(parser) ? 1 : isEnd(parser) ? -1 : 0;
            }
            return json;
        });
    }

    private static boolean isStart(JsonParser parser) {
        return parser.hasToken(JsonToken.START_OBJECT) || parser.hasToken(JsonToken.START_ARRAY);
    }

    private static boolean isEnd(JsonParser parser) {
        return parser.hasToken(JsonToken.END_OBJECT) || parser.hasToken(JsonToken.END_ARRAY);
    }
}
