package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AnswersTest {

    @Test
    void text_reaches_the_sink_piece_by_piece() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.text("Hel"), Chunks.text("lo 👋"), Chunks.STOP, Chunks.usage(12, 3),
                Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.of(new TokenUsage(12, 3))), "Hel|lo 👋"));
    }

    @Test
    void an_answer_without_usage_and_end_mark_is_complete() throws Exception {
        assertThat(answer(Chunks.text("Hello"), Chunks.STOP))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @Test
    void an_empty_answer_is_complete() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.STOP, Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), ""));
    }

    @Test
    void fragments_of_a_tool_call_are_joined() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.text("Let me look."), Chunks.tool(0, "call_1", "search", ""),
                Chunks.toolArguments(0, "{\\\"que"), Chunks.toolArguments(0, "ry\\\":\\\"wh"),
                Chunks.toolArguments(0, "ale\\\"}"), Chunks.TOOL_CALLS, Chunks.usage(5, 6), Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.of(new TokenUsage(5, 6)),
                        new ToolRequest("search", "{\"query\":\"whale\"}")), "Let me look."));
    }

    @Test
    void two_tool_calls_stay_apart_and_in_order() throws Exception {
        assertThat(answer(Chunks.tool(0, "call_1", "search", "{\\\"query\\\":"), Chunks.toolArguments(0, "\\\"a\\\"}"),
                Chunks.tool(1, "call_2", "time", "{"), Chunks.toolArguments(1, "}"), Chunks.TOOL_CALLS, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("search", "{\"query\":\"a\"}"),
                        new ToolRequest("time", "{}")), ""));
    }

    @Test
    void a_tool_call_without_arguments_gets_an_empty_object_and_counts_with_any_finish_reason() throws Exception {
        assertThat(answer(Chunks.tool(0, "call_1", "time", ""), Chunks.STOP, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("time", "{}")), ""));
    }

    @Test
    void fragments_of_several_tool_calls_may_be_mixed_and_share_a_chunk() throws Exception {
        assertThat(answer(Chunks.toolCalls("""
                {"index":0,"id":"a","function":{"name":"search","arguments":"{\\"query\\":"}},
                {"index":1,"id":"b","function":{"name":"time","arguments":""}}"""),
                Chunks.toolArguments(1, "{}"), Chunks.toolArguments(0, "\\\"a\\\"}"), Chunks.TOOL_CALLS, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("search", "{\"query\":\"a\"}"),
                        new ToolRequest("time", "{}")), ""));
    }

    @Test
    void without_an_index_a_new_id_begins_a_new_tool_call() throws Exception {
        assertThat(answer(Chunks.toolCalls("{\"id\":\"a\",\"function\":{\"name\":\"search\",\"arguments\":\"{\"}}"),
                Chunks.toolCalls("{\"function\":{\"arguments\":\"}\"}}"),
                Chunks.toolCalls("{\"id\":\"b\",\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}"),
                Chunks.TOOL_CALLS, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("search", "{}"),
                        new ToolRequest("time", "{}")), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{}]}", "{\"choices\":[{\"delta\":null,\"finish_reason\":null}]}",
            "{\"choices\":[null]}", "{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":null}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[null,{}]}}]}", "{\"usage\":{}}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1}}"})
    void absent_and_null_members_and_negative_counts_are_ignored(String chunk) throws Exception {
        assertThat(answer(chunk, Chunks.text("Hello"), Chunks.STOP, chunk, Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @Test
    void an_empty_finish_reason_is_ignored() throws Exception {
        assertThat(answer(Chunks.finish(""), Chunks.text("Hello"), Chunks.STOP, Chunks.finish(""), Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eos", "eos_token", "end_turn", "STOP", "stop_sequence", "function_call", "anything else"})
    void every_finish_reason_that_does_not_say_otherwise_completes_the_answer(String reason) throws Exception {
        assertThat(answer(Chunks.text("Hello"), Chunks.finish(reason), Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "max_tokens", "MAX_TOKENS"})
    void an_answer_cut_at_the_models_limit_is_incomplete_and_its_tool_calls_are_dropped(String reason)
            throws Exception {
        assertThat(answer(Chunks.text("Hello"), Chunks.tool(0, "call_1", "time", "{"), Chunks.finish(reason),
                Chunks.usage(12, 3), Chunks.DONE)).isEqualTo(new Answered(
                        new AssistantReply.Incomplete(IncompleteReason.LENGTH, Optional.of(new TokenUsage(12, 3))),
                        "Hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {}", "data: {\"choices\":null}", "data: {\"id\":\"chatcmpl-1\",\"object\":\"x\"}",
            "event: ping\ndata: {\"type\":\"ping\"}", "event: ping\ndata: ping", "event: ping",
            "event: something.new\ndata: [1, 2]"})
    void chunks_without_choices_and_unknown_events_are_skipped(String event) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().send(event + "\n\n").events(Chunks.text("Hel"))
                .send(event + "\n\n").events(Chunks.text("lo"), Chunks.STOP).send(event + "\n\n").events(Chunks.DONE)
                .end()); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThat(tested.hello()).isInstanceOf(AssistantReply.Complete.class);
            assertThat(tested.text()).isEqualTo("Hello");
        }
    }

    @Test
    void an_unknown_event_that_carries_text_is_read() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().send("event: completion\n")
                .events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();
            assertThat(tested.text()).isEqualTo("Hello");
        }
    }

    @Test
    void a_connection_that_stays_open_after_the_end_mark_does_not_delay_the_answer() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).awaitClose());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThat(tested.hello()).isInstanceOf(AssistantReply.Complete.class);
        }
    }

    @Test
    void complete_answers_reuse_connections() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            for (int i = 0; i < 20; i++) {
                tested.hello();
            }

            // Some requests open a new connection: the client needs a moment to see that one is free.
            assertThat(endpoint.requests()).hasSize(20);
            assertThat(endpoint.connections()).isLessThan(20);
        }
    }

    private static AssistantReply needs(Optional<TokenUsage> usage, ToolRequest... requests) {
        return new AssistantReply.NeedsTools(List.of(requests), usage);
    }

    private record Answered(AssistantReply reply, String pieces) {
    }

    private static Answered answer(String... events) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().events(events).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            return new Answered(tested.hello(), String.join("|", tested.pieces));
        }
    }
}
