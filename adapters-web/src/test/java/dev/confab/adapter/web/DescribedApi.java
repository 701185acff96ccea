package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.confab.adapter.web.info.OpenApiController;
import dev.confab.adapter.web.ui.UiPaths;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what the tests send and receive with the API's description: every reply must be described, with its status, headers and
 * body; every request that succeeded must be valid.
 */
final class DescribedApi {
    static final JsonNode DOCUMENT = OpenApiController.description("1.2.3");

    private static final String ID = "https://confab.example/openapi";
    private static final List<String> HEADERS = List.of("ETag", "Location", "Conversation-Version", "Retry-After",
            "WWW-Authenticate");
    /** Undescribed paths and methods fail with one of these. */
    private static final List<Integer> UNDESCRIBED = List.of(400, 401, 403, 404, 405);

    /** Requests are validated as a client would. */
    static final DescribedApi OPEN = new DescribedApi(absolute(DOCUMENT, false));
    /** In replies, members that the description lacks are errors too. */
    static final DescribedApi CLOSED = new DescribedApi(absolute(DOCUMENT, true));

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private DescribedApi(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(ID, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    }

    JsonNode document() {
        return document;
    }

    /** Whether the class has handlers of the API. Those of the pages are for the pages alone. */
    static boolean describes(Class<?> handler) {
        String room = handler.getPackageName();
        return room.startsWith(DescribedApi.class.getPackageName())
                && !room.startsWith(UiPaths.class.getPackageName());
    }

    static void checkReply(String method, URI uri, Reply reply) {
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        String place = method + " " + uri + ": " + reply.status() + " " + reply.body();
        JsonNode call = CLOSED.path(uri).path(verb);
        if (call.isMissingNode()) {
            assertThat(reply.status()).as(place).isIn(UNDESCRIBED);
            return;
        }
        JsonNode response = CLOSED.resolve(call.path("responses").path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as(place + " has a status that is not described").isFalse();
        CLOSED.checkHeaders(response.path("headers"), reply, place);
        if (!method.equals("HEAD")) {
            CLOSED.checkBody(response.path("content"), reply.header("Content-Type"), reply.body(), place);
        }
        if (reply.status() < 300) {
            OPEN.checkQuery(uri, verb);
        }
    }

    /** Checks the body of a request that succeeded. */
    static void checkBody(String method, URI uri, String json, Reply reply) {
        if (reply.status() < 300 && !json.isEmpty()) {
            OPEN.validate(JsonMapper.shared().readTree(json), OPEN.path(uri).path(method.toLowerCase(Locale.ROOT))
                    .at("/requestBody/content/application~1json/schema"), method + " " + uri + " " + json);
        }
    }

    /** Checks the data of a server-sent event. */
    static void checkEvent(URI uri, String event, String data) {
        JsonNode schema = CLOSED.path(uri).at("/get/responses/200/content/text~1event-stream/x-events").path(event);
        CLOSED.validate(JsonMapper.shared().readTree(data), schema, "event " + event + " of " + uri);
    }

    /** What the document has at a place below its schemas; {@code ../} leads to its other components. */
    static JsonNode at(String place) {
        return DOCUMENT
                .at(place.startsWith("../") ? "/components" + place.substring(2) : "/components/schemas/" + place);
    }

    /** Follows a reference. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? document.at(reference.stringValue().replaceFirst(".*#", "")) : node;
    }

    void validate(JsonNode value, JsonNode schema, String place) {
        assertThat(schema.isMissingNode()).as(place + " is not described").isFalse();
        assertThat(schemas.computeIfAbsent(schema, registry::getSchema).validate(value)).as(place).isEmpty();
    }

    /** The item of the description for a path: of those that match, the one with the fewest variables. */
    private JsonNode path(URI uri) {
        return document.get("paths").properties().stream()
                .filter(item -> uri.getPath().matches(item.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .min(Comparator.comparing(item -> item.getKey().split("\\{", -1).length)).map(Map.Entry::getValue)
                .orElseGet(MissingNode::getInstance);
    }

    private void checkHeaders(JsonNode described, Reply reply, String place) {
        for (var header : described.properties()) {
            JsonNode description = resolve(header.getValue());
            Optional<String> value = reply.headers().firstValue(header.getKey());
            if (description.path("required").asBoolean(false)) {
                assertThat(value).as(place + " lacks " + header.getKey()).isPresent();
            }
            value.ifPresent(text -> validate(parsed(text, description.get("schema")), description.get("schema"),
                    place + " header " + header.getKey()));
        }
        for (String name : HEADERS) {
            assertThat(reply.headers().firstValue(name).isEmpty() || described.has(name))
                    .as(place + " has the header " + name + ", which is not described").isTrue();
        }
    }

    private void checkBody(JsonNode content, String contentType, String body, String place) {
        if (content.isMissingNode()) {
            assertThat(body).as(place).isEmpty();
            return;
        }
        String type = contentType.replaceAll(";.*", "");
        JsonNode schema = content.path(type).path("schema");
        if (type.endsWith("ndjson")) {
            body.lines().forEach(line -> validate(JsonMapper.shared().readTree(line), schema, place));
            return;
        }
        validate(type.endsWith("json") ? JsonMapper.shared().readTree(body) : JsonMapper.shared().valueToTree(body),
                schema,
                place);
    }

    private void checkQuery(URI uri, String verb) {
        var described = new HashMap<String, JsonNode>();
        path(uri).path(verb).path("parameters").forEach(reference -> {
            JsonNode parameter = resolve(reference);
            if (parameter.get("in").stringValue().equals("query")) {
                described.put(parameter.get("name").stringValue(), parameter.get("schema"));
            }
        });
        for (String pair : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8).replaceFirst("^metadata\\..*",
                    "metadata.KEY");
            assertThat(described).as(uri.toString()).containsKey(name);
            JsonNode schema = described.get(name);
            validate(parsed(URLDecoder.decode(parts[1], StandardCharsets.UTF_8), schema), schema, uri + " " + name);
        }
    }

    /** A header or query parameter as the JSON value that its schema describes. */
    private JsonNode parsed(String text, JsonNode schema) {
        return switch (resolve(schema).get("type").stringValue()) {
            case "string" -> JsonMapper.shared().valueToTree(text);
            // Each of several parameters of the same name is an item.
            case "array" -> JsonMapper.shared().valueToTree(List.of(text));
            default -> JsonMapper.shared().readTree(text);
        };
    }

    /** A copy whose references are absolute, so that each of its schemas can be used alone; if closed, no object has other members. */
    private static JsonNode absolute(JsonNode original, boolean closed) {
        JsonNode copy = original.deepCopy();
        rewrite(copy, closed);
        return copy;
    }

    private static void rewrite(JsonNode node, boolean closed) {
        if (node instanceof ObjectNode object) {
            if (object.path("$ref").isString()) {
                object.put("$ref", ID + object.get("$ref").stringValue());
            }
            if (closed && object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        }
        node.forEach(child -> rewrite(child, closed));
    }
}
