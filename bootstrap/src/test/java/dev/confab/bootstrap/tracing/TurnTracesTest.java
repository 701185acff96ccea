package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.tracing.Collector.Arrived;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans of turns, which run on after their request was answered. */
class TurnTracesTest {
    private static final String START = "http post /api/v1/sessions/{sessionId}/turns";

    @TempDir
    static Path directory;

    @AutoClose
    private static Collector collector;

    @AutoClose
    private static Confab confab;

    @BeforeAll
    static void startServer() throws Exception {
        collector = Collector.start();
        confab = Confab.traced(directory, collector);
    }

    private static Confab.Answer start(String text) throws Exception {
        var session = confab.post(Confab.API + "/sessions", "{}");
        return confab.post(Confab.API + "/sessions/" + session.id() + "/turns", "{\"text\":\"" + text + "\"}");
    }

    @Test
    void a_turn_is_in_the_trace_of_the_request_that_started_it_with_its_assistant_and_tools() throws Exception {
        var started = start("/time");
        String trace = started.requestId();

        Arrived turn = collector.await(trace, "turn");
        assertThat(started.status()).isEqualTo(202);
        assertThat(turn.parent()).isEqualTo(collector.await(trace, START).id());
        assertThat(turn.attribute("turn")).isEqualTo(started.id());
        assertThat(turn.attribute("outcome")).isEqualTo("completed");
        var parts = collector.in(trace).stream().filter(span -> span.parent().equals(turn.id())).toList();
        assertThat(parts).filteredOn(span -> span.name().equals("assistant"))
                .extracting(span -> span.attribute("outcome")).containsExactly("needs-tools", "complete");
        assertThat(parts).extracting(Arrived::name).contains("tool current_time", "store transact");
        var calls = parts.stream().map(Arrived::id).toList();
        assertThat(collector.in(trace)).filteredOn(span -> span.name().equals("commit"))
                .filteredOn(span -> calls.contains(span.parent()))
                .extracting(span -> span.attribute("events"))
                .containsExactly("turn-changed", "turn-changed,message-appended");
    }

    @Test
    void a_turn_that_waited_for_an_approval_goes_on_in_the_trace_of_the_approval() throws Exception {
        var started = start("/search rivers");
        var first = collector.await(started.requestId(), "turn");
        var approved = confab.post(Confab.API + "/turns/" + started.id() + "/approvals",
                "{\"callId\":\"call-1\",\"approved\":true}");
        var second = collector.await(approved.requestId(), "turn");

        assertThat(first.attribute("outcome")).isEqualTo("awaiting-approval");
        assertThat(second.attribute("outcome")).isEqualTo("completed");
        assertThat(second.attribute("turn")).isEqualTo(started.id());
        assertThat(second.parent())
                .isEqualTo(
                        collector.await(approved.requestId(), "http post /api/v1/turns/{turnId}/approvals").id());
        assertThat(collector.in(approved.requestId())).extracting(Arrived::name)
                .contains("tool search_conversations", "store search");
    }

    @Test
    void a_turn_whose_assistant_fails_says_so() throws Exception {
        var started = start("/fail because");

        assertThat(collector.await(started.requestId(), "turn").attribute("outcome")).isEqualTo("failed");
        assertThat(collector.await(started.requestId(), "assistant").attribute("outcome"))
                .isEqualTo("assistant-failed");
    }
}
