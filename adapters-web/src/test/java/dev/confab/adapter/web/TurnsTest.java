package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.port.Assistant.ToolRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A turn from its start to its end. */
class TurnsTest extends TurnTest {

    @Test
    void a_turn_is_accepted_and_answers_in_the_conversation() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        var script = assistant.script(prompt);

        Reply started = start(session, prompt).expect(202);

        assertThat(started.header("Location")).isEqualTo("/api/v1/turns/" + started.text("id"));
        assertThat(started.json().propertyNames()).containsExactly("id", "sessionId", "conversationId", "state",
                "promptMessageId", "replyMessageId", "queuedAt", "startedAt", "finishedAt", "calls", "usage",
                "failure");
        assertThat(started.text("state")).isEqualTo("running");
        assertThat(started.text("sessionId")).isEqualTo(session.substring(10));
        for (String open : List.of("finishedAt", "usage", "failure")) {
            assertThat(started.text(open)).as(open).isEqualTo("null");
        }
        script.say("Hel").say("lo").complete();
        Reply ended = awaitState(turn(started), "completed");
        String messages = "/conversations/" + ended.text("conversationId") + "/messages/";
        assertThat(get(messages + ended.text("promptMessageId")).expect(200).text("text")).isEqualTo(prompt);
        assertThat(ended.text("replyMessageId")).isEqualTo(started.text("replyMessageId"));
        assertThat(get(messages + ended.text("replyMessageId")).expect(200).text("text")).isEqualTo("Hello");
        assertThat(ended.text("usage")).isEqualTo("{\"promptTokens\":7,\"completionTokens\":3}");
        assertThat(ended.text("finishedAt")).endsWith("Z");
        assertThat(get(session).text("turn.id")).isEqualTo(ended.text("id"));
    }

    @Test
    void starting_is_repeatable_by_id_by_key_and_by_message() throws Exception {
        String session = session("{}");
        String byId = "{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"a\"}";
        Reply first = post(session + "/turns", byId).expect(202);
        awaitState(turn(first), "completed");

        Reply again = post(session + "/turns", byId).expect(200);

        assertThat(again.text("id")).isEqualTo(first.text("id"));
        assertThat(again.text("state")).isEqualTo("completed");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        post(session + "/turns", byId.replace("\"a\"", "\"b\"")).expectProblem(409, "turn-id-reused");

        String byMessage = "{\"text\":\"c\",\"messageId\":\"" + UUID.randomUUID() + "\"}";
        Reply second = post(session + "/turns", byMessage).expect(202);
        awaitState(turn(second), "completed");
        assertThat(post(session + "/turns", byMessage).expect(200).text("id")).isEqualTo(second.text("id"));
        post(session + "/turns", byMessage.replace("\"c\"", "\"d\"")).expectProblem(409, "message-id-reused");

        String key = UUID.randomUUID().toString();
        Reply third = post(session + "/turns", "{\"text\":\"e\"}", "Idempotency-Key", key).expect(202);
        assertThat(post(session + "/turns", "{\"text\":\"e\"}", "Idempotency-Key", key).expect(200).text("id"))
                .isEqualTo(third.text("id"));
        awaitState(turn(third), "completed");
    }

    @Test
    void a_turn_can_start_with_messages_of_any_role() throws Exception {
        String session = session("{}");
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"messages\":[{\"role\":\"user\",\"text\":\"a\"},"
                + "{\"role\":\"assistant\",\"text\":\"b\",\"data\":{\"x\":1}},{\"role\":\"tool\",\"text\":\"c\"}]}";

        Reply first = post(session + "/turns", body).expect(202);

        Reply ended = awaitState(turn(first), "completed");
        Reply messages = get("/conversations/" + ended.text("conversationId") + "/messages").expect(200);
        assertThat(messages.json().at("/items").valueStream().map(item -> item.get("role").stringValue()))
                .containsExactly("user", "assistant", "tool", "assistant");
        assertThat(messages.json().at("/items/2/id").stringValue()).isEqualTo(first.text("promptMessageId"));
        assertThat(messages.json().at("/items/1/data/x").intValue()).isOne();
        assertThat(post(session + "/turns", body).expect(200).text("id")).isEqualTo(first.text("id"));
        post(session + "/turns", body.replace("\"c\"", "\"d\"")).expectProblem(409, "turn-id-reused");
    }

    @Test
    void a_turn_whose_reply_would_have_the_id_of_another_message_is_refused() throws Exception {
        String session = session("{}");
        String conversation = get(session).text("conversationId");
        Reply before = awaitState(turn(start(session, "a").expect(202)), "completed");
        String id = UUID.randomUUID().toString();
        String reply = CanonicalUuid.named(UUID.fromString(id), "reply").toString();
        post("/conversations/" + conversation + "/messages",
                "{\"id\":\"" + reply + "\",\"role\":\"user\",\"text\":\"mine\"}").expect(201);

        Reply refused = post(session + "/turns", "{\"id\":\"" + id + "\",\"text\":\"b\"}")
                .expectProblem(409, "turn-id-reused");

        assertThat(refused.text("detail")).contains(reply);
        assertThat(get(session).text("turn.id")).isEqualTo(before.text("id"));
        assertThat(get("/conversations/" + conversation).text("messageCount")).isEqualTo("3");
    }
    @Test
    void the_last_prompt_can_be_answered_anew() throws Exception {
        String session = session("{}");
        post(session + "/turns", "{\"regenerate\":true}").expectProblem(409, "nothing-to-regenerate");
        Reply first = awaitState(turn(start(session, "a").expect(202)), "completed");

        Reply second = post(session + "/turns", "{\"regenerate\":true}").expect(202);

        assertThat(second.text("promptMessageId")).isEqualTo(first.text("promptMessageId"));
        Reply ended = awaitState(turn(second), "completed");
        assertThat(ended.text("replyMessageId")).isNotEqualTo(first.text("replyMessageId"));
        assertThat(get("/conversations/" + ended.text("conversationId")).text("messageCount")).isEqualTo("2");
    }

    @Test
    void a_cancelled_turn_stores_the_partial_answer() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt).say("Half of");
        String path = turn(start(session("{}"), prompt).expect(202));
        try (var client = new EventClient(uri(path + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");
            assertThat(client.nextEvent().event()).isEqualTo("message.delta");
        }

        Reply cancelled = post(path + "/cancel", "").expect(200);

        assertThat(cancelled.text("state")).isEqualTo("cancelled");
        Reply reply = get("/conversations/" + cancelled.text("conversationId") + "/messages/"
                + cancelled.text("replyMessageId")).expect(200);
        assertThat(reply.text("text")).isEqualTo("Half of");
        assertThat(reply.text("incomplete")).isEqualTo("cancelled");
        assertThat(post(path + "/cancel", "{}").expect(200).body()).isEqualTo(cancelled.body());
        script.complete();
        assertThat(get(path).body()).isEqualTo(cancelled.body());
        post(path + "/cancel", "{\"a\":1}").expectInvalidAt("#/a");
    }

    @Test
    void a_turn_that_fails_says_why() throws Exception {
        String prompt = prompt();
        assistant.script(prompt).say("Well").fail("provider-error", "The provider refuses.");

        Reply failed = awaitState(turn(start(session("{}"), prompt).expect(202)), "failed");

        assertThat(failed.text("failure"))
                .isEqualTo("{\"code\":\"provider-error\",\"detail\":\"The provider refuses.\"}");
        Reply kept = get("/conversations/" + failed.text("conversationId") + "/messages/"
                + failed.text("replyMessageId")).expect(200);
        assertThat(kept.text("text")).isEqualTo("Well");
        assertThat(kept.text("incomplete")).isEqualTo("provider-error");
    }

    @Test
    void a_person_answers_the_calls_that_need_it() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt).say("Let me see.").ask(
                new ToolRequest("dangerous", "{\"b\": [1.0,\n {}]}"), new ToolRequest("dangerous", "not JSON\n"),
                new ToolRequest("harmless", "{}"));
        String path = turn(start(session("{}"), prompt).expect(202));
        Reply waiting = awaitState(path, "awaiting-approval");

        assertThat(waiting.json().at("/calls/0").propertyNames()).containsExactly("id", "tool", "arguments",
                "needsApproval", "approved", "reason");
        assertThat(waiting.body()).contains("\"arguments\":{\"b\":[1.0,{}]},\"needsApproval\":true,\"approved\":null",
                "\"arguments\":\"not JSON\\n\"", "\"arguments\":{},\"needsApproval\":false,\"approved\":null");
        String first = waiting.json().at("/calls/0/id").stringValue();
        String second = waiting.json().at("/calls/1/id").stringValue();
        String harmless = waiting.json().at("/calls/2/id").stringValue();
        approve(path, harmless, "true").expectProblem(404, "call-not-found");
        approve(path, "none", "true").expectProblem(404, "call-not-found");

        Reply one = post(path + "/approvals", "{\"callId\":\"" + first + "\",\"approved\":false,\"reason\":\"no!\"}")
                .expect(200);

        assertThat(one.text("state")).isEqualTo("awaiting-approval");
        assertThat(one.body()).contains("\"approved\":false,\"reason\":\"no!\"");
        post(path + "/approvals", "{\"callId\":\"" + first + "\",\"approved\":false,\"reason\":\"no!\"}").expect(200);
        approve(path, first, "true").expectProblem(409, "already-answered");
        assertThat(approve(path, second, "true").expect(200).text("state")).isEqualTo("running");
        script.say("Done.").complete();
        awaitState(path, "completed");
        approve(path, second, "true").expect(200);
        approve(path, second, "false").expectProblem(409, "already-answered");
    }

    @Test
    void a_finished_turn_takes_no_answer() throws Exception {
        String prompt = prompt();
        assistant.script(prompt).ask(new ToolRequest("dangerous", "{}"));
        String path = turn(start(session("{}"), prompt).expect(202));
        String call = awaitState(path, "awaiting-approval").json().at("/calls/0/id").stringValue();

        post(path + "/cancel", "").expect(200);

        approve(path, call, "true").expectProblem(409, "turn-finished");
    }

    @Test
    void an_error_in_the_start_of_a_turn_is_named_by_its_place() {
        String turns = session("{}") + "/turns";

        post(turns, "{}").expectInvalidAt("#/text");
        post(turns, "{\"regenerate\":false}").expectInvalidAt("#/text");
        post(turns, "{\"regenerate\":\"true\"}").expectInvalidAt("#/regenerate");
        post(turns, "{\"regenerate\":true,\"text\":\"a\"}").expectInvalidAt("#/text");
        post(turns, "{\"regenerate\":true,\"messageId\":\"" + UUID.randomUUID() + "\"}").expectInvalidAt("#/messageId");
        post(turns, "{\"text\":7}").expectInvalidAt("#/text");
        String message = "{\"role\":\"user\",\"text\":\"a\"}";
        post(turns, "{\"messages\":[]}").expectInvalidAt("#/messages");
        post(turns, "{\"messages\":[" + String.join(",", Collections.nCopies(101, message)) + "]}")
                .expectInvalidAt("#/messages");
        post(turns, "{\"messages\":[{\"role\":\"user\"}]}").expectInvalidAt("#/messages/0/text");
        post(turns, "{\"messages\":[" + message + "],\"text\":\"a\"}").expectInvalidAt("#/text");
        post(turns, "{\"messages\":[" + message + "],\"messageId\":\"" + UUID.randomUUID() + "\"}")
                .expectInvalidAt("#/messageId");
        post(turns, "{\"messages\":[" + message + "],\"regenerate\":true}").expectInvalidAt("#/messages");
        post(turns, "{\"text\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}").expectInvalidAt("#/text");
        post(turns, "{\"text\":\"a\",\"id\":\"1\"}").expectInvalidAt("#/id");
        post(turns, "{\"text\":\"a\",\"messageId\":\"1\"}").expectInvalidAt("#/messageId");
        post(turns, "{\"text\":\"a\",\"ifBusy\":\"wait\"}").expectInvalidAt("#/ifBusy");
        post(turns, "{\"text\":\"a\",\"role\":\"user\"}").expectInvalidAt("#/role");
        post(turns, "").expectProblem(400, "invalid-request");
        post(turns, "{\"text\":\"a\"}", "If-Match", "*").expectProblem(400, "invalid-request");
        post("/sessions/" + UUID.randomUUID() + "/turns", "{\"text\":\"a\"}").expectProblem(404, "session-not-found");
        post("/sessions/1/turns", "{\"text\":\"a\"}").expectProblem(400, "invalid-request");
        String missing = "/turns/" + UUID.randomUUID();
        get(missing).expectProblem(404, "turn-not-found");
        get("/turns/1").expectProblem(400, "invalid-request");
        post(missing + "/cancel", "").expectProblem(404, "turn-not-found");
        approve(missing, "1", "true").expectProblem(404, "turn-not-found");
        approve(missing, "1", "\"true\"").expectInvalidAt("#/approved");
        post(missing + "/approvals", "{\"callId\":\"1\"}").expectInvalidAt("#/approved");
        post(missing + "/approvals", "{\"approved\":true}").expectInvalidAt("#/callId");
        post(missing + "/approvals", "{\"callId\":\"1\",\"approved\":true,\"reason\":\"" + "x".repeat(501) + "\"}")
                .expectInvalidAt("#/reason");
        delete(missing).expectProblem(405, "method-not-allowed");
    }

    @Test
    void the_turns_of_a_conversation_are_listed_latest_first() throws Exception {
        String session = session("{}");
        var started = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            started.addFirst(awaitState(turn(start(session, "text " + i).expect(202)), "completed").text("id"));
        }
        String turns = "/conversations/" + get(session).text("conversationId") + "/turns";

        var listed = new ArrayList<String>();
        String cursor = "";
        do {
            Reply page = get(turns + "?limit=2" + cursor).expect(200);
            page.json().get("items").forEach(item -> listed.add(item.get("id").stringValue()));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());

        assertThat(listed).isEqualTo(started);
        assertThat(get(turns).expect(200).json().get("nextCursor").isNull()).isTrue();
        get(turns + "?limit=0").expectProblem(400, "invalid-request");
        get(turns + "?limit=101").expectProblem(400, "invalid-request");
        get(turns + "?cursor=x").expectProblem(400, "invalid-cursor");
        get(turns + "?sort=created").expectProblem(400, "invalid-request");
        get("/conversations/" + UUID.randomUUID() + "/turns").expectProblem(404, "conversation-not-found");
    }

    @Test
    void clearing_and_deleting_cancel_a_running_turn() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        assistant.script(prompt);
        String running = turn(start(session, prompt).expect(202));

        post(session + "/clear", "").expect(200);

        assertThat(get(running).expect(200).text("state")).isEqualTo("cancelled");
        String again = turn(start(session, prompt).expect(202));
        delete("/conversations/" + get(session).text("conversationId")).expect(204);
        get(again).expectProblem(404, "turn-not-found");
    }
}
