package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.assistant.openai.FakeEndpoint.ReceivedRequest;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RequestsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_request_asks_for_a_stream_with_usage_and_carries_model_and_key() throws Exception {
        ReceivedRequest sent = sent(AssistantUnderTest.HELLO);

        assertThat(sent.headers()).containsEntry("authorization", "Bearer " + AssistantUnderTest.KEY)
                .containsEntry("content-type", "application/json").containsEntry("accept", "text/event-stream");
        assertThat(JSON.readTree(sent.body())).isEqualTo(JSON.readTree("""
                {"model":"model-1","messages":[{"role":"user","content":"Hello"}],"stream":true,
                "stream_options":{"include_usage":true}}"""));
    }

    @Test
    void the_session_sets_model_instructions_and_context() throws Exception {
        var question = new Question(Optional.of("Be brief."), Optional.of("model-2"),
                new ContextVariables("{\"city\":\"Köln\"}"),
                AssistantUnderTest.HELLO.messages(), List.of(), List.of());

        JsonNode body = JSON.readTree(sent(question).body());

        assertThat(body.path("model").asString()).isEqualTo("model-2");
        assertThat(body.path("messages").get(0)).isEqualTo(JSON.readTree(
                """
                        {"role":"system","content":"Be brief.\\n\\nContext variables, as JSON:\\n```json\\n{\\"city\\":\\"Köln\\"}\\n```"}
                        """));
    }

    @Test
    void messages_of_every_role_are_sent_and_blank_ones_left_out() throws Exception {
        var question = AssistantUnderTest.question(AssistantUnderTest.message(1, Role.SYSTEM, "Answer in rhyme."),
                AssistantUnderTest.message(2, Role.USER, "One\ntwo"),
                AssistantUnderTest.message(3, Role.ASSISTANT, "Three"),
                AssistantUnderTest.message(4, Role.TOOL, "{\"a\":1}"),
                AssistantUnderTest.message(5, Role.ASSISTANT, ""),
                AssistantUnderTest.message(6, Role.SYSTEM, " "), AssistantUnderTest.message(7, Role.USER, ""));

        assertThat(JSON.readTree(sent(question).body()).path("messages")).isEqualTo(JSON.readTree("""
                [{"role":"system","content":"Answer in rhyme."},{"role":"user","content":"One\\ntwo"},
                {"role":"assistant","content":"Three"},{"role":"user","content":"Result of a tool:\\n{\\"a\\":1}"},
                {"role":"user","content":""}]"""));
    }

    @Test
    void tool_rounds_are_sent_as_calls_and_results() throws Exception {
        ToolCall made = ToolCall.asked("c1", "search", "{\"query\":\"whale\"}", false).withResult("[]");
        var refused = new ToolCall("c2", "time", "{}", true, Optional.of(new Approval(false, Optional.of("not now"))),
                Optional.empty());
        ToolCall again = ToolCall.asked("c3", "search", "{}", false).withResult("");

        Question question = AssistantUnderTest.after(AssistantUnderTest.HELLO,
                new ToolRound("Let me look.", List.of(made, refused)),
                new ToolRound("", List.of(again)));

        assertThat(JSON.readTree(sent(question).body()).path("messages")).isEqualTo(JSON.readTree("""
                [{"role":"user","content":"Hello"},
                {"role":"assistant","content":"Let me look.","tool_calls":[
                {"id":"c1","type":"function","function":{"name":"search","arguments":"{\\"query\\":\\"whale\\"}"}},
                {"id":"c2","type":"function","function":{"name":"time","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"c1","content":"[]"},
                {"role":"tool","tool_call_id":"c2","content":"The user did not allow this call: not now"},
                {"role":"assistant","tool_calls":[
                {"id":"c3","type":"function","function":{"name":"search","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"c3","content":""}]"""));
    }

    @Test
    void tools_are_sent_as_functions_with_their_whole_schema() throws Exception {
        String schema = """
                {"type":"object","properties":{"n":{"type":"integer","minimum":1,"maximum":20}},"required":["n"],\
                "additionalProperties":false,"$defs":{"x":{"const":null}}}""";
        var question = new Question(Optional.empty(), Optional.empty(), ContextVariables.EMPTY,
                AssistantUnderTest.HELLO.messages(),
                List.of(),
                List.of(new ToolDescription("count", "Counts.", schema)));

        assertThat(JSON.readTree(sent(question).body()).path("tools")).isEqualTo(JSON.readTree(
                "[{\"type\":\"function\",\"function\":{\"name\":\"count\",\"description\":\"Counts.\",\"parameters\":"
                        + schema + "}}]"));
    }

    private static ReceivedRequest sent(Question question) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().events(Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.ask(question);
            return endpoint.requests().getFirst();
        }
    }
}
