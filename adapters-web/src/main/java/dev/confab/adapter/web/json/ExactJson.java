package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.TextRules;
import java.util.Optional;
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

    static ObjectNode readObject(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidMember(JsonPointer.empty(), "must be an object");
        }
        return (ObjectNode) read(parser);
    }

    /** The node as compact text, on one line. */
    public static String text(JsonNode node) {
        return ResponseJson.MAPPER.writeValueAsString(node);
    }

    /** The text of an object after a merge patch (RFC 7396, section 2). */
    public static String merged(Optional<String> target, ObjectNode patch) {
        ObjectNode before = target.map(text -> (ObjectNode) StrictJson.tree(text)).orElseGet(NODES::objectNode);
        return text(merge(before, patch));
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
