package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.port.Assistant.ToolRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A server of its own that runs one turn at a time. */
@TestPropertySource(properties = "test.max-running-turns=1")
class TooManyTurnsTest extends TurnTest {

    @Test
    void a_start_beyond_the_limit_changes_nothing_and_succeeds_when_it_is_repeated_later() {
        String first = prompt();
        var script = assistant.script(first);
        Reply running = awaitStarted(session("{}"), first);
        Reply other = post("/sessions", "{}").expect(201);
        String session = "/sessions/" + other.text("id");
        String conversation = "/conversations/" + other.text("conversationId");
        String before = get(conversation).expect(200).body();
        String key = UUID.randomUUID().toString();

        for (int i = 0; i < 3; i++) {
            expectTooManyTurns(post(session + "/turns", "{\"text\":\"Hi\"}", "Idempotency-Key", key));
        }

        assertThat(get(conversation).expect(200).body()).isEqualTo(before);
        assertThat(get(conversation + "/turns").expect(200).json().get("items")).isEmpty();
        script.complete();
        awaitState(turn(running), "completed");
        Reply started = awaitAnswer(() -> post(session + "/turns", "{\"text\":\"Hi\"}", "Idempotency-Key", key))
                .expect(202);
        assertThat(awaitState(turn(started), "completed").text("replyMessageId")).isNotEqualTo("null");
        assertThat(get(conversation).expect(200).text("messageCount")).isEqualTo("2");
    }

    @Test
    void an_approval_beyond_the_limit_changes_nothing_and_succeeds_when_it_is_repeated_later() {
        String asking = prompt();
        var asked = assistant.script(asking).ask(new ToolRequest(TestUseCases.DANGEROUS_TOOL, "{}"));
        Reply waiting = awaitState(turn(awaitStarted(session("{}"), asking)), "awaiting-approval");
        String call = waiting.json().at("/calls/0/id").stringValue();
        String blocking = prompt();
        var script = assistant.script(blocking);
        Reply running = awaitStarted(session("{}"), blocking);

        expectTooManyTurns(approve(turn(waiting), call, "true"));

        assertThat(get(turn(waiting)).expect(200).body()).isEqualTo(waiting.body());
        script.complete();
        awaitState(turn(running), "completed");
        asked.complete();
        awaitAnswer(() -> approve(turn(waiting), call, "true")).expect(200);
        awaitState(turn(waiting), "completed");
    }

    private static void expectTooManyTurns(Reply reply) {
        reply.expectProblem(503, "too-many-turns");
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.text("repeatable")).isEqualTo("true");
    }

    /** Another test's turn may still run for a moment after its end was stored. */
    private Reply awaitStarted(String session, String prompt) {
        return awaitAnswer(() -> start(session, prompt)).expect(202);
    }
}
