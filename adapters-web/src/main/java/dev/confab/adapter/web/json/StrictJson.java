package dev.confab.adapter.web.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.confab.adapter.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds the JSON of requests strictly: UTF-8 only, no unknown or duplicate member, no value of the wrong JSON type, nothing after the
 * value, no U+0000 and no lone surrogate. A fault becomes {@code invalid-request} with the JSON pointer of its place; Jackson's messages
 * never reach a client.
 *
 * <p>A component of a request record that is neither an {@link Optional} nor a {@link Patch} is required. A record checks itself in its
 * constructor: an {@code InvalidValue} thrown there names the component that is wrong.
 */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // read() has its own words for them
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

    /** The most members of one object or array: more than any value of the API can have, few enough to keep in memory. */
    private static final int MAX_MEMBERS = 65_536;

    private StrictJson() {
    }

    /** Binds a whole body. All of it is checked to be well-formed JSON first, so that broken JSON is reported before any other fault. */
    public static <T> T bind(byte[] body, Class<T> type) {
        check(body);
        return bind(new ByteArrayInputStream(body), type);
    }

    /** Binds a body as it arrives. Values are bound as they are read, so a member that the type lacks takes no memory. */
    public static <T> T bind(InputStream body, Class<T> type) {
        return read(parser(body), parser -> value(parser, type));
    }

    /** The tree of a text that is one JSON value. */
    public static JsonNode tree(String json) {
        return read(MAPPER.createParser(json), ExactJson::read);
    }

    private static <T> T value(JsonParser parser, Class<T> type) {
        T value = MAPPER.readValue(parser, type);
        if (value == null) {
            throw new InvalidMember(JsonPointer.empty(), JsonFaults.expected(type));
        }
        return value;
    }

    /** Reads one JSON value, after which the text must end; {@code use} starts at the value's first token and ends at its last. */
    private static <T> T read(JsonParser source, Function<JsonParser, T> use) {
        try (JsonParser parser = source) {
            return JsonFaults.translated(parser, () -> {
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

    /** A reader that is given the charset alone would replace malformed bytes. */
    private static JsonParser parser(InputStream body) {
        return MAPPER.createParser(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()));
    }

    private static void check(byte[] body) {
        boolean _ = read(parser(new ByteArrayInputStream(body)), parser -> {
            ExactJson.requireWellFormed(parser);
            while (!parser.streamReadContext().inRoot()) {
                parser.nextToken();
                ExactJson.requireWellFormed(parser);
                requireFewMembers(parser.streamReadContext());
            }
            return true;
        });
    }

    private static void requireFewMembers(TokenStreamContext place) {
        if (place.getEntryCount() > MAX_MEMBERS) {
            throw ProblemException.invalid(place.getParent().pathAsPointer(),
                    "has more than " + MAX_MEMBERS + " members");
        }
    }
}
