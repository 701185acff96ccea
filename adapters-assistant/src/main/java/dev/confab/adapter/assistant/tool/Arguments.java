package dev.confab.adapter.assistant.tool;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tool's arguments, read strictly: an assistant that is told what is wrong can ask again. */
final class Arguments {
    static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonNode json;

    private Arguments(JsonNode json) {
        this.json = json;
    }

    /** Reads an object that has no other members; some assistants write nothing at all for no arguments. */
    static Arguments parse(String text, List<String> allowed) throws Wrong {
        JsonNode json = tree(text.isBlank() ? "{}" : text);
        if (!json.isObject()) {
            throw new Wrong("the arguments must be a JSON object");
        }
        for (String name : json.propertyNames()) {
            if (!allowed.contains(name)) {
                throw new Wrong("there is no such argument; known are: " + String.join(", ", allowed));
            }
        }
        return new Arguments(json);
    }

    Optional<String> text(String name) throws Wrong {
        if (json.path(name).isMissingNode()) {
            return Optional.empty();
        }
        if (!json.path(name).isString()) {
            throw new Wrong(name + " must be a string");
        }
        return Optional.of(json.path(name).asString());
    }

    int number(String name, int min, int max, int otherwise) throws Wrong {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw new Wrong(name + " must be a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    private static JsonNode tree(String text) throws Wrong {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Wrong("the arguments are not well-formed JSON");
        }
    }

    /** What is wrong with the arguments, in words for the assistant. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final String what;

        Wrong(String what) {
            super(what);
            this.what = what;
        }

        String asResult() {
            return JSON.createObjectNode().put("error", what).toString();
        }
    }
}
