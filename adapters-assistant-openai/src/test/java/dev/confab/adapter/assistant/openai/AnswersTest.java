package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswersTest {

    @Test
    void an_answer_is_said_piece_by_piece() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.text("Hel"), Chunks.text("lo 👋"), Chunks.STOP, Chunks.usage(12, 3),
                Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.of(new TokenUsage(12, 3))), "Hel|lo 👋"));
    }

    @Test
    void an_answer_without_a_count_or_a_mark_of_the_end_is_complete() throws Exception {
        assertThat(answer(Chunks.text("Hello"), Chunks.STOP))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @Test
    void an_answer_of_nothing_is_complete() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.STOP, Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), ""));
    }

    @Test
    void a_tool_call_is_put_together_from_its_fragments() throws Exception {
        assertThat(answer(Chunks.ROLE, Chunks.text("Let me look."), Chunks.tool(0, "call_1", "search", ""),
                Chunks.toolArguments(0, "{\\\"que"), Chunks.toolArguments(0, "ry\\\":\\\"wh"),
                Chunks.toolArguments(0, "ale\\\"}"), Chunks.TOOL_CALLS, Chunks.usage(5, 6), Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.of(new TokenUsage(5, 6)),
                        new ToolRequest("search", "{\"query\":\"whale\"}")), "Let me look."));
    }

    @Test
    void two_tool_calls_keep_apart_and_in_order() throws Exception {
        assertThat(answer(Chunks.tool(0, "call_1", "search", "{\\\"query\\\":"), Chunks.toolArguments(0, "\\\"a\\\"}"),
                Chunks.tool(1, "call_2", "time", "{"), Chunks.toolArguments(1, "}"), Chunks.TOOL_CALLS, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("search", "{\"query\":\"a\"}"),
                        new ToolRequest("time", "{}")), ""));
    }

    @Test
    void a_tool_call_without_arguments_has_none_and_counts_whatever_the_finish_reason_says() throws Exception {
        assertThat(answer(Chunks.tool(0, "call_1", "time", ""), Chunks.STOP, Chunks.DONE))
                .isEqualTo(new Answered(needs(Optional.empty(), new ToolRequest("time", "{}")), ""));
    }

    @Test
    void an_empty_finish_reason_is_none() throws Exception {
        assertThat(answer(Chunks.finish(""), Chunks.text("Hello"), Chunks.STOP, Chunks.finish(""), Chunks.DONE))
                .isEqualTo(new Answered(new AssistantReply.Complete(Optional.empty()), "Hello"));
    }

    @Test
    void a_connection_that_is_kept_open_after_the_end_is_not_waited_for() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).awaitClose());
                var asking = Asking.at(endpoint.url(""))) {
            assertThat(asking.hello()).isInstanceOf(AssistantReply.Complete.class);
        }
    }

    @Test
    void answers_that_end_well_share_connections() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).end());
                var asking = Asking.at(endpoint.url(""))) {
            for (int i = 0; i < 20; i++) {
                asking.hello();
            }

            // Not one for all: the client may take a moment to see that one is free again.
            assertThat(endpoint.asked()).hasSize(20);
            assertThat(endpoint.connections()).isLessThan(20);
        }
    }

    private static AssistantReply needs(Optional<TokenUsage> usage, ToolRequest... requests) {
        return new AssistantReply.NeedsTools(List.of(requests), usage);
    }

    private record Answered(AssistantReply answer, String pieces) {
    }

    private static Answered answer(String... events) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().events(events).end());
                var asking = Asking.at(endpoint.url(""))) {
            return new Answered(asking.hello(), String.join("|", asking.said));
        }
    }
}
