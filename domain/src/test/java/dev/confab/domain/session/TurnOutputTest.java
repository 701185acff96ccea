package dev.confab.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.session.TurnOutput.RoundMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnOutputTest {

    @Test
    void a_round_becomes_the_calls_and_a_message_for_each_result() {
        ToolRound round = new ToolRound("Let me see.", List.of(call("a", "{\"q\":1}").withResult("one"),
                call("b", "").withResult("")));

        assertThat(new TurnOutput(List.of(round), "Well.").roundMessages()).containsExactly(
                new RoundMessage("round-1", Role.ASSISTANT, "Let me see.",
                        "{\"toolCalls\":[{\"id\":\"a\",\"name\":\"tool\",\"arguments\":\"{\\\"q\\\":1}\"},"
                                + "{\"id\":\"b\",\"name\":\"tool\",\"arguments\":\"\"}]}"),
                new RoundMessage("result-a", Role.TOOL, "one", "{\"toolResult\":{\"callId\":\"a\",\"name\":\"tool\"}}"),
                new RoundMessage("result-b", Role.TOOL, "", "{\"toolResult\":{\"callId\":\"b\",\"name\":\"tool\"}}"));
        assertThat(new TurnOutput(List.of(round), "Well.").replyText()).isEqualTo("Well.");
    }

    @Test
    void a_round_without_all_results_becomes_text_of_the_reply_only() {
        ToolRound whole = new ToolRound("One. ", List.of(call("a", "{}").withResult("1")));
        ToolRound cut = new ToolRound("Two. ", List.of(call("b", "{}").withResult("2"), call("c", "{}")));

        var output = new TurnOutput(List.of(whole, cut), "");

        assertThat(output.roundMessages()).extracting(RoundMessage::name).containsExactly("round-1", "result-a");
        assertThat(output.replyText()).isEqualTo("Two. ");
    }

    @Test
    void every_character_of_the_arguments_is_kept_in_valid_JSON() {
        ToolRound round = new ToolRound("", List.of(call("a", "\"\\/\n\r\t\u0001\u001f é \u2028 😀").withResult("")));

        assertThat(new TurnOutput(List.of(round), "").roundMessages().getFirst().data())
                .contains("\"arguments\":\"\\\"\\\\/\\n\\r\\t\\u0001\\u001f é \u2028 😀\"");
    }

    @Test
    void arguments_that_are_too_long_for_the_data_of_a_message_are_left_out_with_a_note() {
        // The most that a round may have, and a character that JSON writes as six.
        String longest = "\u0001".repeat(ToolCall.MAX_ARGUMENTS_BYTES);
        List<ToolCall> calls = IntStream.range(0, ToolRound.MAX_CALLS)
                .mapToObj(
                        i -> new ToolCall("\u0001".repeat(60) + i, "\u0001".repeat(64), i == 0 ? "{}" : longest, false,
                                Optional.empty(), Optional.of("")))
                .toList();

        String data = new TurnOutput(List.of(new ToolRound("", calls)), "").roundMessages().getFirst().data();

        assertThat(TextRules.utf8Length(data)).isLessThanOrEqualTo(TurnOutput.MAX_CALLS_BYTES)
                .isLessThanOrEqualTo(Message.MAX_DATA_BYTES);
        assertThat(data).contains("\"arguments\":\"{}\"",
                "\"arguments\":\"{\\\"omitted\\\":\\\"16384 bytes of arguments\\\"}\"");
    }

    private static ToolCall call(String id, String arguments) {
        return ToolCall.asked(id, "tool", arguments, false);
    }
}
