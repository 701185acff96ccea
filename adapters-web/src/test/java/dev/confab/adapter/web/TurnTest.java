package dev.confab.adapter.web;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.annotation.Autowired;

/** Starts turns whose assistant does what the test says. */
abstract class TurnTest extends WebTest {
    @Autowired
    ScriptedAssistant assistant;

    /** A text that no other test prompts with. */
    static String prompt() {
        return "prompt " + UUID.randomUUID();
    }

    Reply start(String session, String prompt) {
        return post(session + "/turns", "{\"text\":\"" + prompt + "\"}");
    }

    static String turn(Reply started) {
        return "/turns/" + started.text("id");
    }

    Reply approve(String turn, String call, String approved) {
        return post(turn + "/approvals", "{\"callId\":\"" + call + "\",\"approved\":" + approved + "}");
    }

    /** The turn, when it has come to this state. */
    Reply awaitState(String turn, String state) {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5))
                .until(() -> get(turn).expect(200), reply -> reply.text("state").equals(state));
    }

    /** The first answer that is not 503. */
    static Reply awaitAnswer(Callable<Reply> request) {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5))
                .until(request, reply -> reply.status() != 503);
    }
}
