package dev.confab.domain.session;

import static dev.confab.domain.session.Samples.NOW;
import static dev.confab.domain.session.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.session.Session.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionValuesTest {

    @Test
    void ids_are_read_in_canonical_form_only_and_sort_by_it() {
        String low = "00000000-0000-0000-0000-000000000001";
        String high = "ffffffff-0000-0000-0000-000000000001";

        assertThat(SessionId.parse(low)).hasToString(low).isLessThan(SessionId.parse(high));
        assertThat(TurnId.parse(low)).hasToString(low).isLessThan(TurnId.parse(high));
        assertThat(new TurnId(new UUID(0, 1))).isEqualByComparingTo(TurnId.parse(low));
        assertRefused("sessionId", () -> SessionId.parse("1-1-1-1-1"));
        assertRefused("turnId", () -> TurnId.parse(high + "0"));
    }

    @Test
    void the_id_of_a_reply_is_the_UUID_of_version_5_of_the_name_reply_in_its_turn() {
        TurnId turn = TurnId.parse("0198c2f0-0000-7000-8000-000000000003");

        assertThat(turn.replyId()).hasToString("e00c9e66-8804-5d2b-a9bf-006fab6eb0e9");
        assertThat(turn.messageId(TurnId.REPLY, 2)).isNotEqualTo(turn.replyId());
        // RFC 9562, appendix A.4.
        assertThat(CanonicalUuid.named(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void texts_are_limited_in_bytes_of_UTF_8() {
        assertThat(new ContextVariables("é".repeat(32 * 1024)).json()).hasSize(32 * 1024);
        assertRefused("context", () -> new ContextVariables("é".repeat(32 * 1024) + "x"));
        assertThat(settings("x".repeat(64 * 1024), "m").instructions()).isPresent();
        assertRefused("instructions", () -> settings("x".repeat(64 * 1024 + 1), "m"));
        assertThat(call("c", "t", "x".repeat(16 * 1024)).arguments()).hasSize(16 * 1024);
        assertRefused("arguments", () -> call("c", "t", "x".repeat(16 * 1024 + 1)));
        assertThat(call("c", "t", "").withResult("x".repeat(64 * 1024)).result()).isPresent();
        assertRefused("result", () -> call("c", "t", "").withResult("x".repeat(64 * 1024 + 1)));
    }

    @Test
    void names_are_limited_in_characters() {
        assertThat(settings("", "m".repeat(200)).model()).isPresent();
        assertRefused("model", () -> settings("", "m".repeat(201)));
        assertRefused("model", () -> settings("", ""));
        assertThat(call("c".repeat(64), "t".repeat(64), "").id()).hasSize(64);
        assertRefused("callId", () -> call("c".repeat(65), "t", ""));
        assertRefused("callId", () -> call("", "t", ""));
        assertRefused("tool", () -> call("c", "", ""));
        assertRefused("tool", () -> call("c", "t".repeat(65), ""));
        assertThat(new Approval(false, Optional.of("r".repeat(500))).reason()).isPresent();
        assertRefused("reason", () -> new Approval(false, Optional.of("r".repeat(501))));
    }

    @Test
    void a_failure_has_a_code_for_programs_and_a_detail_for_people() {
        assertThat(new TurnFailure("a-1-b", "d".repeat(500)).code()).isEqualTo("a-1-b");
        for (String bad : List.of("", "A", "a_b", "a-", "-a", "a--b", "a b", "a".repeat(65))) {
            assertRefused("code", () -> new TurnFailure(bad, ""));
        }
        assertRefused("detail", () -> new TurnFailure("a", "d".repeat(501)));
    }

    @Test
    void a_round_has_1_to_16_calls() {
        assertThat(new ToolRound("", calls(16)).calls()).hasSize(16);
        assertRefused("calls", () -> new ToolRound("", calls(17)));
        assertRefused("calls", () -> new ToolRound("", List.of()));
    }

    @Test
    void usage_is_not_negative_and_adds_up() {
        assertThat(new TokenUsage(1, 2).plus(new TokenUsage(3, 4))).isEqualTo(new TokenUsage(4, 6));
        assertRefused("usage", () -> new TokenUsage(-1, 0));
        assertRefused("usage", () -> new TokenUsage(0, -1));
    }

    @Test
    void times_are_whole_milliseconds() {
        Instant odd = NOW.plusNanos(1);
        assertThatThrownBy(() -> new Lifetime.Temporary(odd)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> new TurnState.Running(odd, "")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> session(1).activate(odd)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0", "\uD83D", "\uDE00", "\uDE00\uD83D"})
    void nul_and_lone_surrogates_are_refused_everywhere(String malformed) {
        assertRefused("context", () -> new ContextVariables(malformed));
        assertRefused("instructions", () -> settings(malformed, "m"));
        assertRefused("model", () -> settings("", malformed));
        assertRefused("callId", () -> call(malformed, "t", ""));
        assertRefused("tool", () -> call("c", malformed, ""));
        assertRefused("arguments", () -> call("c", "t", malformed));
        assertRefused("result", () -> call("c", "t", "").withResult(malformed));
        assertRefused("reason", () -> new Approval(true, Optional.of(malformed)));
        assertRefused("detail", () -> new TurnFailure("a", malformed));
        assertRefused("text", () -> new ToolRound(malformed, calls(1)));
        assertRefused("text", () -> new TurnState.Running(NOW, malformed));
    }

    private static Session settings(String instructions, String model) {
        return session(1).change(any -> new Settings(Optional.empty(), Optional.of(instructions), Optional.of(model),
                Optional.empty(), ContextVariables.EMPTY), NOW).orElseThrow();
    }

    private static ToolCall call(String id, String tool, String arguments) {
        return ToolCall.asked(id, tool, arguments, true);
    }

    private static List<ToolCall> calls(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> call("call " + n, "t", "")).toList();
    }

    private static void assertRefused(String field, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(InvalidValue.class).hasMessageContaining(field);
    }
}
