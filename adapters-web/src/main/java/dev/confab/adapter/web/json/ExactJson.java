package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.TextRules;
import java.io.StringWriter;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** JSON trees whose numbers keep their digits: a {@code double} or a {@code BigDecimal} would change some. */
public final class ExactJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** A tree may take thirty times the memory of its text, so only the trees of one merge exist at a time. A merge takes milliseconds. */
    private static final Lock MERGING = new ReentrantLock();

    private ExactJson() {
    }

    /** The value that starts at the current token. */
    static JsonNode read(JsonParser parser) {
        requireWellFormed(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    requireWellFormed(parser);
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, read(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.rawValueNode(new RawValue(parser.getString()));
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    /** Rejects U+0000 and lone surrogates in the current token, as escapes or not. */
    static void requireWellFormed(JsonParser parser) {
        if (parser.hasToken(JsonToken.VALUE_STRING) || parser.hasToken(JsonToken.PROPERTY_NAME)) {
            try {
                TextRules.text("", parser.getString());
            } catch (InvalidValue malformed) {
                throw ProblemException.invalid(parser.streamReadContext().pathAsPointer(), malformed.reason());
            }
        }
    }

    /**
     * The object that starts at the current token, as compact text with its digits. Nothing is kept beyond the limit, so that a large
     * value takes no more memory than an allowed one.
     *
     * @param maxLength the most characters
     */
    static String objectText(JsonParser parser, int maxLength) {
        requireObject(parser);
        var text = new StringWriter();
        try (JsonGenerator out = ResponseJson.MAPPER.createGenerator(text)) {
            long length = copy(parser, out);
            for (int depth = 1; depth > 0;) {
                JsonToken token = parser.nextToken();
                length += copy(parser, out);
                if (length > maxLength) {
                    throw new InvalidMember(JsonPointer.empty(), "has more than " + maxLength + " bytes of UTF-8");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        return text.toString();
    }

    /** Returns the least number of characters that the current token takes. */
    private static int copy(JsonParser parser, JsonGenerator out) {
        requireWellFormed(parser);
        switch (parser.currentToken()) {
            case START_OBJECT -> out.writeStartObject();
            case END_OBJECT -> out.writeEndObject();
            case START_ARRAY -> out.writeStartArray();
            case END_ARRAY -> out.writeEndArray();
            case PROPERTY_NAME -> out.writeName(parser.currentName());
            case VALUE_STRING -> out.writeString(parser.getString());
            default -> out.writeRawValue(parser.getString());
        }
        return parser.getStringLength();
    }

    static void requireObject(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidMember(JsonPointer.empty(), "must be an object");
        }
    }

    /** The node as compact text, on one line. */
    public static String text(JsonNode node) {
        return ResponseJson.MAPPER.writeValueAsString(node);
    }

    /** The text of an object after a merge patch (RFC 7396, section 2); both are given as text. */
    static String merged(String target, String patch) {
        MERGING.lock();
        try {
            return text(merge((ObjectNode) StrictJson.tree(target), (ObjectNode) StrictJson.tree(patch)));
        } finally {
            MERGING.unlock();
        }
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            String name = change.getKey();
            switch (change.getValue()) {
                case NullNode _ -> target.remove(name);
                case ObjectNode nested -> {
                    ObjectNode old = target.get(name) instanceof ObjectNode object ? object : NODES.objectNode();
                    target.set(name, merge(old, nested));
                }
                case JsonNode value -> target.set(name, value);
            }
        });
        return target;
    }
}
