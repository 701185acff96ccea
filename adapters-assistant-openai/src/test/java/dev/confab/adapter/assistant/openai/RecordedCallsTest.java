package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tool calls and results that messages of the conversation have in their data. */
@Timeout(60)
class RecordedCallsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void calls_are_sent_as_calls_and_their_results_as_results() throws Exception {
        assertThat(sent(user("Hi"),
                calls("Let me see.", call("call-1", "time", "{}"), call("call-2", "search", "{\\\"q\\\":1}")),
                result("call-1", "09:00"), result("call-2", "[]"), assistant("Nine."), user("Thanks")))
                .isEqualTo(json("""
                        [{"role":"user","content":"Hi"},
                        {"role":"assistant","content":"Let me see.","tool_calls":[
                        {"id":"call-1","type":"function","function":{"name":"time","arguments":"{}"}},
                        {"id":"call-2","type":"function","function":{"name":"search","arguments":"{\\"q\\":1}"}}]},
                        {"role":"tool","content":"09:00","tool_call_id":"call-1"},
                        {"role":"tool","content":"[]","tool_call_id":"call-2"},
                        {"role":"assistant","content":"Nine."},{"role":"user","content":"Thanks"}]"""));
    }

    @Test
    void the_last_message_may_be_a_result() throws Exception {
        assertThat(sent(user("Hi"), calls("", call("c", "time", "{}")), result("c", "09:00"))).isEqualTo(
                json("""
                        [{"role":"user","content":"Hi"},
                        {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"time","arguments":"{}"}}]},
                        {"role":"tool","content":"09:00","tool_call_id":"c"}]"""));
    }

    @Test
    void a_call_without_a_result_is_not_sent() throws Exception {
        assertThat(sent(calls("Let me see.", call("a", "time", "{}"), call("b", "time", "{}")), result("b", "09:00"),
                calls("", call("c", "time", "{}")), user("Well?"))).isEqualTo(json("""
                        [{"role":"assistant","content":"Let me see.","tool_calls":[
                        {"id":"b","type":"function","function":{"name":"time","arguments":"{}"}}]},
                        {"role":"tool","content":"09:00","tool_call_id":"b"},{"role":"user","content":"Well?"}]"""));
    }

    @Test
    void a_result_without_a_call_is_reported_by_the_user() throws Exception {
        assertThat(sent(result("a", "09:00"), calls("", call("b", "time", "{}")), user("But"), result("b", "late")))
                .isEqualTo(json("""
                        [{"role":"user","content":"Result of a tool:\\n09:00"},{"role":"user","content":"But"},
                        {"role":"user","content":"Result of a tool:\\nlate"}]"""));
    }

    @Test
    void a_second_result_of_a_call_is_reported_by_the_user() throws Exception {
        assertThat(sent(calls("", call("a", "time", "{}")), result("a", "1"), result("a", "2"))).isEqualTo(
                json("""
                        [{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"time","arguments":"{}"}}]},
                        {"role":"tool","content":"1","tool_call_id":"a"},{"role":"user","content":"Result of a tool:\\n2"}]"""));
    }

    @Test
    void ids_that_several_turns_use_become_unique_in_the_request() throws Exception {
        var round = new ToolRound("", List.of(ToolCall.asked("call-1", "time", "{}", false).withResult("3")));
        Question question = AssistantUnderTest.after(
                AssistantUnderTest.question(calls("", call("call-1", "time", "{}")), result("call-1", "1"),
                        calls("", call("call-1", "time", "{}")), result("call-1", "2"), user("Hi")),
                round);

        JsonNode messages = sent(question);

        assertThat(messages.findValuesAsString("tool_call_id")).containsExactly("call-1", "call-1-2", "call-1-3");
        assertThat(messages.findValues("tool_calls")).extracting(calls -> calls.path(0).path("id").stringValue())
                .containsExactly("call-1", "call-1-2", "call-1-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"toolCalls\":7}", "{\"toolCalls\":[7]}", "[]", "7",
            "{\"toolCalls\":[{\"id\":\"\",\"name\":\"time\",\"arguments\":\"{}\"}]}",
            "{\"toolCalls\":[{\"id\":\"a\",\"name\":\"not a name\",\"arguments\":\"{}\"}]}",
            "{\"toolCalls\":[{\"id\":\"a\",\"name\":\"time\"},{\"id\":\"a\",\"name\":\"time\"}]}", "{\"other\":1}",
            "no JSON"})
    void data_of_clients_that_are_no_calls_are_ignored(String data) throws Exception {
        assertThat(sent(message(Role.ASSISTANT, "Let me see.", data), result("a", "1"))).isEqualTo(json("""
                [{"role":"assistant","content":"Let me see."},{"role":"user","content":"Result of a tool:\\n1"}]"""));
    }

    private static JsonNode sent(Message... messages) throws Exception {
        return sent(AssistantUnderTest.question(messages));
    }

    private static JsonNode sent(Question question) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().events(Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.ask(question);
            return JSON.readTree(endpoint.requests().getFirst().body()).path("messages");
        }
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private static Message user(String text) {
        return AssistantUnderTest.message(1, Role.USER, text);
    }

    private static Message assistant(String text) {
        return AssistantUnderTest.message(1, Role.ASSISTANT, text);
    }

    private static Message calls(String text, String... calls) {
        return message(Role.ASSISTANT, text, "{\"toolCalls\":[" + String.join(",", calls) + "]}");
    }

    /** @param arguments as inside of a JSON string */
    private static String call(String id, String name, String arguments) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"arguments\":\"" + arguments + "\"}";
    }

    private static Message result(String callId, String text) {
        return message(Role.TOOL, text, "{\"toolResult\":{\"callId\":\"" + callId + "\",\"name\":\"time\"}}");
    }

    private static Message message(Role role, String text, String data) {
        return AssistantUnderTest.message(1, role, text, Optional.of(data));
    }
}
