package dev.confab.adapter.assistant.tool;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of a tool call, parsed strictly: an assistant that gets an error can try again. */
final class ToolArguments {
    static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonNode json;

    private ToolArguments(JsonNode json) {
        this.json = json;
    }

    /** Parses a JSON object with no members besides the allowed ones. Blank text is an empty object: some assistants send it. */
    static ToolArguments parse(String text, List<String> allowed) throws Invalid {
        JsonNode json = parse(text.isBlank() ? "{}" : text);
        if (!json.isObject()) {
            throw new Invalid("the arguments must be a JSON object");
        }
        if (!allowed.containsAll(json.propertyNames())) {
            throw new Invalid("unknown argument; allowed are: " + String.join(", ", allowed));
        }
        return new ToolArguments(json);
    }

    /** Empty when the argument is absent. */
    Optional<String> text(String name) throws Invalid {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw new Invalid(name + " must be a string");
        }
        return value.asStringOpt();
    }

    int integer(String name, int min, int max, int defaultValue) throws Invalid {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return defaultValue;
        }
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw new Invalid(name + " must be an integer from " + min + " to " + max);
        }
        return value.intValue();
    }

    private static JsonNode parse(String text) throws Invalid {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Invalid("the arguments are not valid JSON");
        }
    }

    /** An argument is invalid. The message is for the assistant. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String problem) {
            super(problem);
        }

        /** The result of the tool call: an object with the member {@code error}. */
        String asResult() {
            return JSON.createObjectNode().put("error", getMessage()).toString();
        }
    }
}
