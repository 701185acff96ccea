package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples and default values of the API's description: the server accepts them, and they agree with their schemas. */
class OpenApiExamplesTest extends TurnTest {
    /** The ids that the examples use. */
    private static final String CONVERSATION = "0198c2f0-0000-7000-8000-000000000001";
    private static final String SESSION = "0198c2f0-0000-7000-8000-000000000002";
    private static final String MESSAGE = "0198c2f0-0000-7000-8000-00000000000a";

    @Test
    void default_values_are_accepted() {
        for (JsonNode path : DescribedApi.DOCUMENT.get("paths")) {
            String name = path.at("/post/requestBody/content/application~1json/schema/$ref").asString("")
                    .replaceAll(".*/", "");
            if (path.at("/post/operationId").asString("").equals("createSession")) {
                assertThat(name).isEqualTo("NewSession");
                post("/sessions", defaults(DescribedApi.at(name)).toString()).expect(201);
            } else if (!name.isEmpty()) {
                assertThat(defaults(DescribedApi.at(name))).as(name).isEmpty();
            }
        }
        String conversation = conversation("{}");
        get("/conversations" + defaultQuery("/api/v1/conversations")).expect(200);
        get(conversation + "/messages" + defaultQuery("/api/v1/conversations/{conversationId}/messages")).expect(200);
        get(conversation + "/turns" + defaultQuery("/api/v1/conversations/{conversationId}/turns")).expect(200);
        get("/sessions" + defaultQuery("/api/v1/sessions")).expect(200);
        get("/statistics" + defaultQuery("/api/v1/statistics")).expect(200);
        get("/search" + defaultQuery("/api/v1/search") + "&q=text").expect(200);
    }

    private static ObjectNode defaults(JsonNode schema) {
        ObjectNode values = JsonMapper.shared().createObjectNode();
        schema.path("properties").properties().stream().filter(member -> member.getValue().has("default"))
                .forEach(member -> values.set(member.getKey(), member.getValue().get("default")));
        return values;
    }

    private static String defaultQuery(String path) {
        return DescribedApi.DOCUMENT.get("paths").get(path).at("/get/parameters").valueStream()
                .map(reference -> DescribedApi
                        .at("../parameters/" + reference.get("$ref").stringValue().replaceAll(".*/", "")))
                .filter(parameter -> parameter.path("schema").has("default"))
                .map(parameter -> parameter.get("name").stringValue() + "="
                        + parameter.at("/schema/default").asString())
                .collect(Collectors.joining("&", "?", ""));
    }

    @Test
    void the_examples_of_replies_and_schemas_are_valid() {
        int examples = 0;
        for (JsonNode path : DescribedApi.CLOSED.document().get("paths")) {
            for (JsonNode call : path) {
                for (JsonNode response : call.path("responses")) {
                    JsonNode content = response.at("/content/application~1json");
                    for (JsonNode example : content.path("examples")) {
                        DescribedApi.CLOSED.validate(DescribedApi.CLOSED.resolve(example).get("value"),
                                content.get("schema"),
                                example.toString());
                        examples++;
                    }
                }
            }
        }
        for (JsonNode schema : DescribedApi.CLOSED.document().at("/components/schemas")) {
            if (schema.has("example")) {
                DescribedApi.CLOSED.validate(schema.get("example"), schema, schema.get("example").toString());
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    @Test
    void the_examples_of_requests_are_accepted() throws Exception {
        var accepted = new TreeSet<String>();
        post("/conversations", example("/api/v1/conversations", "withMessages"));
        post("/sessions", "{\"id\":\"" + SESSION + "\",\"conversationId\":\"" + CONVERSATION + "\"}");
        String webhook = post("/webhooks", example("/api/v1/webhooks", "everything")).text("webhook.id");

        for (var path : DescribedApi.DOCUMENT.get("paths").properties()) {
            for (var call : path.getValue().properties()) {
                JsonNode examples = call.getValue().at("/requestBody/content/application~1json/examples");
                String verb = call.getKey().toUpperCase(Locale.ROOT);
                String operation = call.getValue().path("operationId").asString("");
                if (operation.equals("answerCall")) {
                    continue; // needs a turn that waits; every_member_of_a_session_and_a_turn_is_described has one
                }
                if (operation.equals("createApiKey")) {
                    continue; // needs log-in; ApiKeysTest sends them
                }
                for (JsonNode example : examples) {
                    Reply reply = call(verb, path.getKey().replace("{conversationId}", CONVERSATION)
                            .replace("{messageId}", MESSAGE).replace("{sessionId}", SESSION)
                            .replace("{webhookId}", webhook),
                            BodyPublishers.ofString(example.get("value").toString()), "Content-Type", JSON);
                    assertThat(reply.status()).as(operation + " " + example + " " + reply.body()).isBetween(200, 299);
                    accepted.add(operation);
                    if (operation.equals("startTurn")) {
                        awaitState(turn(reply), "completed");
                    }
                }
            }
        }

        assertThat(accepted).contains("createConversation", "appendMessage", "createSession", "startTurn").hasSize(14);
    }

    private static String example(String path, String name) {
        return DescribedApi.DOCUMENT.get("paths").get(path)
                .at("/post/requestBody/content/application~1json/examples/" + name + "/value").toString();
    }
}
