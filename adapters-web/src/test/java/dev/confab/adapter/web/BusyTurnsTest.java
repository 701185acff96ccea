package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Starts of turns while another turn of the conversation is unfinished, and many at once. */
class BusyTurnsTest extends TurnTest {
    @Test
    void one_turn_at_a_time() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        var script = assistant.script(prompt);
        Reply running = start(session, prompt).expect(202);

        Reply refused = start(session, "another").expectProblem(409, "turn-in-progress");

        assertThat(refused.text("turnId")).isEqualTo(running.text("id"));
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        post(session + "/turns", "{\"regenerate\":true,\"ifBusy\":\"reject\"}").expectProblem(409, "turn-in-progress");
        script.complete();
        awaitState(turn(running), "completed");
        awaitState(turn(start(session, "another").expect(202)), "completed");
    }

    @Test
    void a_start_can_interrupt_the_unfinished_turn() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        var script = assistant.script(prompt).say("So far");
        Reply running = start(session, prompt).expect(202);
        try (var client = new EventClient(uri(turn(running) + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");
            assertThat(client.nextEvent().event()).isEqualTo("message.delta");

            Reply next = post(session + "/turns", "{\"text\":\"next\",\"ifBusy\":\"interrupt\"}").expect(202);

            assertThat(client.nextEvent().json().get("incomplete").stringValue()).isEqualTo("cancelled");
            assertThat(client.nextEvent().event()).isEqualTo("turn.cancelled");
            awaitState(turn(next), "completed");
        }
        script.complete();
        Reply messages = get("/conversations/" + running.text("conversationId") + "/messages").expect(200);
        assertThat(messages.json().at("/items").valueStream().map(item -> item.get("text").stringValue()))
                .containsExactly(prompt, "So far", "next", "next");
    }

    @Test
    void a_start_can_wait_behind_the_unfinished_turn() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        var script = assistant.script(prompt).say("So far");
        Reply running = start(session, prompt).expect(202);
        Reply waiting = post(session + "/turns",
                "{\"messages\":[{\"role\":\"tool\",\"text\":\"found\"},{\"role\":\"user\",\"text\":\"next\"}],\"ifBusy\":\"queue\"}")
                .expect(202);
        assertThat(waiting.text("state")).isEqualTo("queued");
        assertThat(waiting.text("queuedAt")).isEqualTo(waiting.text("startedAt"));
        assertThat(get(session).text("turn.id")).isEqualTo(running.text("id"));
        for (int n = 2; n <= 10; n++) {
            post(session + "/turns", "{\"text\":\"number " + n + "\",\"ifBusy\":\"queue\"}").expect(202);
        }
        post(session + "/turns", "{\"text\":\"number 11\",\"ifBusy\":\"queue\"}").expectProblem(409, "queue-full");
        post(session + "/turns", "{\"regenerate\":true,\"ifBusy\":\"queue\"}").expectProblem(400, "invalid-request");

        try (var client = new EventClient(uri(turn(waiting) + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.queued");
            script.complete();
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");
        }
        String conversation = "/conversations/" + running.text("conversationId");
        awaitState(turn(waiting), "completed");
        Reply last = get(conversation + "/turns").expect(200);
        awaitState("/turns/" + last.json().at("/items/0/id").stringValue(), "completed");
        assertThat(get(conversation).text("messageCount")).isEqualTo("23");
        assertThat(get(conversation + "/messages").json().at("/items").valueStream().limit(5)
                .map(item -> item.get("text").stringValue()))
                .containsExactly(prompt, "So far", "found", "next", "next");
    }

    @Test
    void of_many_concurrent_starts_one_succeeds_and_the_others_get_its_id() throws Exception {
        String session = session("{}");
        String prompt = prompt();
        var script = assistant.script(prompt);
        List<Reply> replies = atOnce(20, () -> start(session, prompt));

        Reply begun = replies.stream().filter(reply -> reply.status() == 202).findFirst().orElseThrow();
        assertThat(replies).filteredOn(reply -> reply.status() == 202).hasSize(1);
        assertThat(replies).filteredOn(reply -> reply != begun).allSatisfy(
                reply -> assertThat(reply.expectProblem(409, "turn-in-progress").text("turnId"))
                        .isEqualTo(begun.text("id")));
        script.complete();
        awaitState(turn(begun), "completed");
    }

    @Test
    void of_many_repeats_at_once_all_get_the_one_turn() throws Exception {
        String session = session("{}");
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"" + prompt() + "\"}";
        List<Reply> replies = atOnce(20, () -> post(session + "/turns", body));

        assertThat(replies).extracting(Reply::status).containsOnly(200, 202);
        assertThat(replies).extracting(reply -> reply.text("id")).containsOnly(replies.getFirst().text("id"));
        assertThat(replies).filteredOn(reply -> reply.status() == 202).hasSize(1);
        Reply ended = awaitState(turn(replies.getFirst()), "completed");
        assertThat(get("/conversations/" + ended.text("conversationId")).text("messageCount")).isEqualTo("2");
    }

    private static List<Reply> atOnce(int threads, Callable<Reply> call) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<Reply>();
            for (Future<Reply> reply : executor.invokeAll(Collections.nCopies(threads, call))) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
