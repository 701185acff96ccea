package dev.confab.adapter.chatexport.json;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the tree of one value, within bounds. Its texts and names are clean. */
final class JsonTree {
    /** Of texts and names. An attachment that is part of the JSON may have some millions. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;
    static final int MAX_NODES = 200_000;
    /** Less than every reader of the stored data allows. */
    static final int MAX_DEPTH = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser json;
    private final CleanText clean;
    private final ArrayDeque<JsonNode> open = new ArrayDeque<>();
    private final ArrayDeque<String> names = new ArrayDeque<>();
    private long characters;
    private int nodes;

    JsonTree(JsonParser json, CleanText clean) {
        this.json = json;
        this.clean = clean;
    }

    /** The value that begins with the current token. Throws {@link Refused} within it when it exceeds a bound. */
    JsonNode read() {
        JsonToken token = json.currentToken();
        while (true) {
            JsonNode done = accept(token);
            if (done != null) {
                return done;
            }
            token = json.nextToken();
        }
    }

    /** The whole value if this token ends it. */
    private @Nullable JsonNode accept(JsonToken token) {
        switch (token) {
            case PROPERTY_NAME -> names.push(text(json.currentName()));
            case START_OBJECT -> begin(NODES.objectNode());
            case START_ARRAY -> begin(NODES.arrayNode());
            case END_OBJECT, END_ARRAY -> {
                JsonNode ended = open.pop();
                return open.isEmpty() ? ended : null;
            }
            default -> {
                JsonNode scalar = scalar(token);
                if (open.isEmpty()) {
                    return scalar;
                }
                attach(scalar);
            }
        }
        return null;
    }

    private void begin(JsonNode container) {
        if (open.size() == MAX_DEPTH) {
            throw new Refused("is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (!open.isEmpty()) {
            attach(container);
        }
        open.push(container);
    }

    private void attach(JsonNode value) {
        nodes++;
        if (nodes > MAX_NODES) {
            throw new Refused("has more than " + MAX_NODES + " values");
        }
        switch (open.element()) {
            case ObjectNode object -> object.set(names.pop(), value);
            case ArrayNode array -> array.add(value);
            default -> throw new IllegalStateException("not a container");
        }
    }

    private JsonNode scalar(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> NODES.stringNode(text(json.getString()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> json.getNumberType() == NumberType.BIG_INTEGER
                    ? NODES.numberNode(json.getBigIntegerValue())
                    : NODES.numberNode(json.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDecimalValue());
            default -> NODES.nullNode();
        };
    }

    private String text(String text) {
        characters += text.length();
        if (characters > MAX_CHARACTERS) {
            throw new Refused("has more than " + MAX_CHARACTERS + " characters");
        }
        return clean.clean(text);
    }
}
