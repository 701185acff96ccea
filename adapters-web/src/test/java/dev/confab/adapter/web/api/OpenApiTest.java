package dev.confab.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends WebTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void every_call_is_described_and_nothing_else() throws Exception {
        var mapped = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            if (method.getBeanType().getPackage().equals(WebTest.class.getPackage())
                    && method.getBeanType() != ProblemErrorController.class) {
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
