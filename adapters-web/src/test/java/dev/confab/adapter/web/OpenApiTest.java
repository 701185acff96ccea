package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.application.Sessions;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The API's description against the controllers, the domain's limits and the replies. */
class OpenApiTest extends TurnTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void every_call_is_described_and_nothing_else() throws Exception {
        var mapped = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            if (DescribedApi.describes(method.getBeanType())
                    && !ErrorController.class.isAssignableFrom(method.getBeanType())) {
                info.getMethodsCondition().getMethods().forEach(
                        verb -> info.getPatternValues().forEach(path -> mapped.add(verb + " " + path)));
            }
        });

        var described = new TreeSet<String>();
        description().get("paths").properties().forEach(path -> path.getValue().propertyNames().stream()
                .filter(verb -> !verb.equals("parameters"))
                .forEach(verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).hasSizeGreaterThan(20).isEqualTo(mapped);
    }

    @Test
    void the_description_is_served_as_it_is_written() throws Exception {
        JsonNode served = description();

        assertThat(served).isEqualTo(DescribedApi.DOCUMENT);
        assertThat(served.at("/components/schemas").propertyNames()).contains("ConversationEvent");
        assertThat(page("/v3/api-docs").body()).doesNotContain("x-shared");
    }

    @Test
    void the_description_is_of_openapi_3_1_and_tells_nullable_and_required() throws Exception {
        JsonNode description = description();

        assertThat(description.get("openapi").stringValue()).startsWith("3.1");
        assertThat(description.at("/info/version").stringValue()).isEqualTo("1.2.3");
        JsonNode message = description.at("/components/schemas/Message");
        assertThat(message.get("required")).hasSize(12);
        assertThat(description.at("/components/schemas/OptionalTime/type").toString()).contains("null", "string");
        JsonNode draft = description.at("/components/schemas/MessageDraft");
        assertThat(draft.get("required").toString()).isEqualTo("[\"role\",\"text\"]");
        assertThat(draft.get("additionalProperties").toString()).isEqualTo("false");
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
        expectDescribed(turn.json().get("usage"), schemas.get("Usage"));
        expectDescribed(get("/conversations/" + turn.text("conversationId") + "/turns").json(),
                schemas.get("TurnPage"));
        Reply refused = start(session, "another").expectProblem(409, "turn-in-progress");
        assertThat(schemas.at("/Problem/properties").propertyNames()).containsAll(refused.json().propertyNames());
    }

    @Test
    void a_problem_has_one_of_the_described_codes() throws Exception {
        JsonNode description = description();
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();

        assertThat(description.at("/components/schemas/ProblemCode/enum").valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(codes);
        assertThat(description.at("/components/schemas/Problem/properties/code/$ref").stringValue())
                .isEqualTo("#/components/schemas/ProblemCode");
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(explanations(description, Integer.toString(code.status()))).as(code.code())
                    .contains("`" + code.code() + "`");
        }
    }

    /** What the description says of a status, at its calls and at its beginning. */
    private static String explanations(JsonNode description, String status) {
        var text = new StringBuilder(description.at("/info/description").stringValue());
        description.get("paths").forEach(path -> path.forEach(call -> text
                .append(DescribedApi.CLOSED.resolve(call.at("/responses/" + status)).path("description")
                        .asString(""))));
        description.at("/components/responses")
                .forEach(response -> text.append(response.get("description").stringValue()));
        return text.toString();
    }

    @Test
    void an_object_that_may_be_null_is_one_of_two_types() {
        assertThat(DescribedApi.DOCUMENT.findValues("type")).hasSizeGreaterThan(100).noneMatch(
                type -> type.isArray() && type.toString().contains("object") && type.toString().contains("null"));
    }

    @Test
    void limits_are_those_of_the_service() throws Exception {
        JsonNode limits = get("/info").json().get("limits");

        expectNumber("Title/maxLength", limits.get("titleCodePoints").intValue());
        expectNumber("Name/maxLength", limits.get("titleCodePoints").intValue());
        expectNumber("Text/maxLength", limits.get("textBytes").intValue());
        expectNumber("Instructions/maxLength", limits.get("instructionsBytes").intValue());
        expectNumber("Model/maxLength", Session.MAX_MODEL_LENGTH);
        expectNumber("Metadata/maxProperties", limits.get("metadataPairs").intValue());
        for (String metadata : List.of("Metadata", "MetadataPatch")) {
            expectNumber(metadata + "/propertyNames/maxLength", Metadata.MAX_KEY_LENGTH);
            expectNumber(metadata + "/additionalProperties/maxLength", Metadata.MAX_VALUE_LENGTH);
        }
        expectNumber("NewConversation/properties/messages/maxItems", limits.get("batchMessages").intValue());
        expectNumber("MessageBatch/properties/messages/maxItems", limits.get("batchMessages").intValue());
        expectNumber("NewSession/properties/ttlSeconds/minimum", (int) Sessions.MIN_TIME_TO_LIVE.toSeconds());
        expectNumber("NewSession/properties/ttlSeconds/maximum", (int) Sessions.MAX_TIME_TO_LIVE.toSeconds());
        expectNumber("Call/properties/reason/maxLength", Approval.MAX_REASON_LENGTH);
        expectNumber("Approval/properties/reason/maxLength", Approval.MAX_REASON_LENGTH);
        expectNumber("Failure/properties/detail/maxLength", TurnFailure.MAX_DETAIL_LENGTH);
        expectNumber("../parameters/limit100/schema/maximum", limits.get("conversationsPage").intValue());
        expectNumber("../parameters/limit100/schema/maximum", limits.get("sessionsPage").intValue());
        expectNumber("../parameters/limit100/schema/maximum", SearchQuery.MAX_LIMIT);
        expectNumber("../parameters/limit1000/schema/maximum", limits.get("messagesPage").intValue());
        expectNumber("../parameters/q/schema/maxLength", SearchQuery.MAX_TEXT_LENGTH);
        assertThat(DescribedApi.at("NewSession/properties/ttlSeconds/description").stringValue())
                .contains(" " + Sessions.DEFAULT_TIME_TO_LIVE.toSeconds() + " ");
        assertThat(DescribedApi.at("Session/properties/turn/description").stringValue())
                .contains(" " + limits.get("turnsKept") + " turns");
    }

    @Test
    void roles_and_states_are_those_of_the_domain() {
        assertThat(DescribedApi.at("Role/enum").valueStream().map(JsonNode::stringValue))
                .containsExactly(Arrays.stream(Role.values()).map(OpenApiTest::label).toArray(String[]::new));
        assertThat(DescribedApi.at("Hit/properties/role/enum")).hasSize(Role.values().length + 1);
        assertThat(DescribedApi.at("Turn/properties/state/enum").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrder(
                        Arrays.stream(TurnState.class.getPermittedSubclasses()).map(OpenApiTest::label)
                                .toArray(String[]::new));
    }

    private static String label(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** AwaitingApproval is awaiting-approval. */
    private static String label(Class<?> state) {
        return state.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    @Test
    void there_is_a_page_to_browse_it() throws Exception {
        assertThat(page("/swagger-ui.html").expect(302).header("Location")).endsWith("/swagger-ui/index.html");
        Reply html = page("/swagger-ui/index.html").expect(200);

        assertThat(html.header("Content-Type")).startsWith("text/html");
        assertThat(html.body()).contains("../v3/api-docs");
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js")) {
            assertThat(html.body()).contains("../webjars/swagger-ui/" + file);
            page("/webjars/swagger-ui/" + file).expect(200);
        }
    }

    /** The number at a place below the schemas. */
    private static void expectNumber(String place, int expected) {
        assertThat(DescribedApi.at(place).intValue()).as(place).isEqualTo(expected);
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
