package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.port.Assistant.ToolRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends TurnTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void every_call_is_described_and_nothing_else() throws Exception {
        var mapped = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            if (method.getBeanType().getPackageName().startsWith(WebTest.class.getPackageName())
                    && !info.getPatternValues().contains("/error")) {
                info.getMethodsCondition().getMethods().forEach(
                        verb -> info.getPatternValues().forEach(path -> mapped.add(verb + " " + path)));
            }
        });

        var described = new TreeSet<String>();
        description().get("paths").properties().forEach(path -> path.getValue().propertyNames().stream()
                .filter(verb -> !verb.equals("parameters"))
                .forEach(verb -> described.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(described).hasSizeGreaterThan(20).isEqualTo(mapped);
    }

    @Test
    void the_description_is_of_openapi_3_1_and_tells_nullable_and_required() throws Exception {
        JsonNode description = description();

        assertThat(description.get("openapi").stringValue()).startsWith("3.1");
        assertThat(description.at("/info/version").stringValue()).isEqualTo("1.2.3");
        JsonNode message = description.at("/components/schemas/Message");
        assertThat(message.get("required")).hasSize(9);
        assertThat(message.at("/properties/editedAt/type").toString()).contains("null", "string");
        assertThat(description.at("/components/schemas/Draft/required").toString()).isEqualTo("[\"role\",\"text\"]");
        assertThat(description.at("/components/schemas/Draft/additionalProperties").toString()).isEqualTo("false");
    }

    @Test
    void every_member_of_an_answer_is_described() throws Exception {
        JsonNode schemas = description().at("/components/schemas");
        String path = conversation(1);

        expectDescribed(get(path).json(), schemas.get("Conversation"));
        expectDescribed(get(path + "/messages").json(), schemas.get("MessagePage"));
        expectDescribed(get(path + "/messages").json().at("/items/0"), schemas.get("Message"));
        expectDescribed(get(path + "/changes?since=0").json(), schemas.get("Changes"));
        expectDescribed(get(path + "/export").json(), schemas.get("Export"));
        expectDescribed(get("/info").json(), schemas.get("Info"));
        expectDescribed(get("/search?q=text").json().at("/items/0"), schemas.get("Hit"));
    }

    @Test
    void every_member_of_a_session_and_a_turn_is_described() throws Exception {
        JsonNode schemas = description().at("/components/schemas");
        String prompt = prompt();
        assistant.script(prompt).ask(new ToolRequest("dangerous", "{}"));
        String session = session("{}");
        Reply turn = awaitState(turn(start(session, prompt).expect(202)), "awaiting-approval");

        expectDescribed(get(session).json(), schemas.get("Session"));
        expectDescribed(get("/sessions").json(), schemas.get("SessionPage"));
        expectDescribed(turn.json(), schemas.get("Turn"));
        expectDescribed(turn.json().at("/calls/0"), schemas.get("Call"));
        expectDescribed(turn.json().get("usage"), schemas.at("/Turn/properties/usage"));
        expectDescribed(get("/conversations/" + turn.text("conversationId") + "/turns").json(),
                schemas.get("TurnPage"));
        Reply refused = start(session, "another").expectProblem(409, "turn-in-progress");
        assertThat(schemas.at("/Problem/properties").propertyNames()).containsAll(refused.json().propertyNames());
    }

    @Test
    void the_examples_of_requests_are_taken() throws Exception {
        JsonNode paths = description().get("paths");

        for (String name : List.of("permanent", "temporary")) {
            post("/sessions", example(paths, "/api/v1/sessions", "post", name)).expect(201);
        }
        String session = session("{}");
        for (String name : List.of("rename", "context")) {
            patch(session, example(paths, "/api/v1/sessions/{sessionId}", "patch", name)).expect(200);
        }
        post(session + "/keep", example(paths, "/api/v1/sessions/{sessionId}/keep", "post", "named")).expect(200);
        for (String name : List.of("prompt", "regenerate")) {
            String turn = turn(post(session + "/turns",
                    example(paths, "/api/v1/sessions/{sessionId}/turns", "post", name)).expect(202));
            awaitState(turn, "completed");
        }
    }

    private static String example(JsonNode paths, String path, String verb, String name) {
        return paths.get(path).get(verb).at("/requestBody/content").get(JSON).at("/examples/" + name + "/value")
                .toString();
    }

    @Test
    void there_is_a_page_to_browse_it() throws Exception {
        assertThat(page("/swagger-ui/index.html").expect(200).header("Content-Type")).startsWith("text/html");
    }

    private static void expectDescribed(JsonNode answer, JsonNode schema) {
        var described = new TreeSet<>(schema.get("properties").propertyNames());
        assertThat(new TreeSet<>(answer.propertyNames())).isEqualTo(described);
        assertThat(schema.get("required")).hasSize(described.size());
    }

    private JsonNode description() throws Exception {
        return page("/v3/api-docs").expect(200).json();
    }

    private Reply page(String path) throws Exception {
        return Reply.of(
                CLIENT.send(HttpRequest.newBuilder(uri("/info").resolve(path)).build(), BodyHandlers.ofByteArray()));
    }
}
