package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.web.EventClient.Event;
import dev.confab.adapter.web.event.EventStreams;
import dev.confab.domain.port.Assistant.ToolRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TurnEventsTest extends TurnTest {
    @Autowired
    EventStreams streams;

    @Test
    void a_stream_tells_all_of_a_turn_and_ends_with_it() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt);
        String turn = turn(start(session("{}"), prompt).expect(202));

        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(client.response().statusCode()).isEqualTo(200);
            assertThat(client.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(client.response().headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(client.next().event()).isEqualTo(":");
            Event started = client.nextEvent();
            assertThat(started.event()).isEqualTo("turn.started");
            assertThat(started.json().get("state").stringValue()).isEqualTo("running");
            script.say("Où? ").say("\uD83D").say("\uDE80").say(" oui");
            assertThat(said(client, "Où? 🚀 oui")).isTrue();
            script.complete();

            Event message = client.nextEvent();
            Event ended = client.nextEvent();

            assertThat(message.event()).isEqualTo("message.completed");
            assertThat(message.json().get("text").stringValue()).isEqualTo("Où? 🚀 oui");
            assertThat(message.json().get("role").stringValue()).isEqualTo("assistant");
            assertThat(ended.event()).isEqualTo("turn.completed");
            assertThat(ended.data()).isEqualTo(get(turn).body());
            assertThat(Long.parseLong(ended.id())).isEqualTo(Long.parseLong(message.id()) + 1);
            assertThat(client.next().event()).isEqualTo("end");
        }
    }

    @Test
    void a_reader_resumes_after_any_event_and_misses_and_repeats_nothing() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt).say("one ").say("two ").ask(new ToolRequest("dangerous", "{}"));
        String turn = turn(start(session("{}"), prompt).expect(202));
        String call = awaitState(turn, "awaiting-approval").json().at("/calls/0/id").stringValue();
        var before = events(turn, 0, "approval.required");
        Event ask = before.getLast();
        assertThat(ask.json().at("/calls/0/id").stringValue()).isEqualTo(call);
        assertThat(ask.json().at("/calls/0/approved").isNull()).isTrue();
        try (var waiting = new EventClient(uri(turn + "/events"), "Last-Event-ID", ask.id())) {
            assertThat(waiting.next().event()).isEqualTo(":");
            approve(turn, call, "true").expect(200);
            script.say("three").complete();
            Event event = waiting.nextEvent();
            assertThat(Long.parseLong(event.id())).isGreaterThan(Long.parseLong(ask.id()));
            while (!event.event().equals("turn.completed")) {
                event = waiting.nextEvent();
            }
        }

        List<Event> all = events(turn, 0, "turn.completed");

        assertThat(all.subList(0, before.size())).isEqualTo(before);
        assertThat(all).extracting(event -> Long.parseLong(event.id())).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < all.size() - 1; i++) {
            assertThat(events(turn, Long.parseLong(all.get(i).id()), "turn.completed"))
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
        Reply over = get(turn + "/events", "Last-Event-ID", all.getLast().id()).expect(204);
        assertThat(over.body()).isEmpty();
        call("HEAD", turn + "/events", BodyPublishers.noBody(), "Last-Event-ID", all.getLast().id()).expect(204);
    }

    @Test
    void the_results_of_tools_are_events_and_afterwards_messages() throws Exception {
        String prompt = prompt();
        assistant.script(prompt).say("Let me see.").ask(new ToolRequest("harmless", "{}")).say("Done.").complete();
        String turn = turn(start(session("{}"), prompt).expect(202));

        List<Event> events = events(turn, 0, "turn.completed");

        assertThat(events).extracting(Event::event).containsExactly("turn.started", "message.delta", "tool.completed",
                "message.delta", "message.completed", "message.completed", "turn.completed");
        Event result = events.get(2);
        assertThat(result.json().propertyNames()).containsExactly("callId", "result");
        assertThat(result.json().get("callId").stringValue()).isEqualTo("call-1");
        Event calls = events.get(4);
        assertThat(calls.json().get("text").stringValue()).isEqualTo("Let me see.");
        assertThat(calls.json().at("/data/toolCalls/0/name").stringValue()).isEqualTo("harmless");
        assertThat(events.get(5).json().get("text").stringValue()).isEqualTo("Done.");
        Reply ended = get(turn).expect(200);
        Reply messages = get("/conversations/" + ended.text("conversationId") + "/messages").expect(200);
        assertThat(messages.json().at("/items").valueStream().map(item -> item.get("role").stringValue()))
                .containsExactly("user", "assistant", "tool", "assistant");
        assertThat(messages.json().at("/items/2/text")).isEqualTo(result.json().get("result"));
        assertThat(messages.json().at("/items/2/data/toolResult/callId").stringValue()).isEqualTo("call-1");
        assertThat(messages.json().at("/items/3/id").stringValue()).isEqualTo(ended.text("replyMessageId"));
    }

    @Test
    void a_turn_that_fails_or_is_cancelled_ends_its_stream_so() throws Exception {
        String failing = prompt();
        assistant.script(failing).fail("provider-error", "no");
        String failed = turn(start(session("{}"), failing).expect(202));
        assertThat(events(failed, 0, "turn.failed").getLast().json().at("/failure/code").stringValue())
                .isEqualTo("provider-error");

        String prompt = prompt();
        assistant.script(prompt).say("Half");
        String turn = turn(start(session("{}"), prompt).expect(202));
        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(said(client, "Half")).isTrue();
            post(turn + "/cancel", "").expect(200);
            Event message = client.nextEvent();
            assertThat(message.event()).isEqualTo("message.completed");
            assertThat(message.json().at("/incomplete").stringValue()).isEqualTo("cancelled");
            assertThat(client.nextEvent().event()).isEqualTo("turn.cancelled");
            assertThat(client.next().event()).isEqualTo("end");
        }
    }

    @Test
    void deleting_the_conversation_ends_the_stream_of_its_turn() throws Exception {
        String prompt = prompt();
        assistant.script(prompt).say("Half");
        Reply started = start(session("{}"), prompt).expect(202);
        try (var client = new EventClient(uri(turn(started) + "/events"))) {
            assertThat(said(client, "Half")).isTrue();

            delete("/conversations/" + started.text("conversationId")).expect(204);

            Event event = client.nextEvent();
            assertThat(event.event()).isIn("turn.cancelled", "end");
        }
        get(turn(started) + "/events").expectProblem(404, "turn-not-found");
    }

    @Test
    void a_silent_turn_carries_comments_and_a_client_that_goes_does_not_cancel_it() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt);
        awaitOpen(0);
        String turn = turn(start(session("{}"), prompt).expect(202));
        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");
            assertThat(client.next().event()).isEqualTo(":");
            assertThat(client.next().event()).isEqualTo(":");
            awaitOpen(1);
        }

        awaitOpen(0);
        assertThat(get(turn).text("state")).isEqualTo("running");
        script.say("still here").complete();
        awaitState(turn, "completed");
    }

    @Test
    void stopping_ends_the_streams_at_once_and_leaves_the_turn() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt);
        String turn = turn(start(session("{}"), prompt).expect(202));
        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");

            streams.stop();

            assertThat(client.nextEvent().event()).isEqualTo("end");
        } finally {
            streams.start();
        }
        assertThat(get(turn).text("state")).isEqualTo("running");
        script.complete();
    }

    @Test
    void a_stream_that_cannot_begin_gets_a_problem() {
        String prompt = prompt();
        var script = assistant.script(prompt);
        String turn = turn(start(session("{}"), prompt).expect(202)) + "/events";

        for (String id : List.of("x", "-1", "01", "1.0", "9".repeat(19), "1, 2")) {
            get(turn, "Last-Event-ID", id).expectProblem(400, "invalid-request");
        }
        get(turn + "?since=1").expectProblem(400, "invalid-request");
        get(turn, "Accept", JSON).expectProblem(406, "not-acceptable");
        get("/turns/1/events").expectProblem(400, "invalid-request");
        get("/turns/" + UUID.randomUUID() + "/events").expectProblem(404, "turn-not-found");
        Reply head = call("HEAD", turn, BodyPublishers.noBody()).expect(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        script.complete();
    }

    @Test
    void many_readers_of_one_turn_all_get_all() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt);
        String turn = turn(start(session("{}"), prompt).expect(202));
        var clients = new ArrayList<EventClient>();
        try {
            for (int i = 0; i < 50; i++) {
                clients.add(new EventClient(uri(turn + "/events")));
            }
            for (int i = 0; i < 500; i++) {
                script.say(i + " ");
            }
            script.complete();
            var first = rest(clients.getFirst(), "turn.completed");
            for (EventClient client : clients.subList(1, clients.size())) {
                assertThat(rest(client, "turn.completed")).isEqualTo(first);
            }
        } finally {
            for (EventClient client : clients) {
                client.close();
            }
        }
    }

    /** Reads deltas until they have said this text. */
    private static boolean said(EventClient client, String expected) throws InterruptedException {
        var text = new StringBuilder();
        while (text.length() < expected.length()) {
            Event event = client.nextEvent();
            if (event.event().equals("message.delta")) {
                text.append(event.json().get("text").stringValue());
            }
        }
        return text.toString().equals(expected);
    }

    /** The events after an id, up to and including the first of this name. */
    private List<Event> events(String turn, long after, String last) throws Exception {
        try (var client = new EventClient(uri(turn + "/events"), "Last-Event-ID", Long.toString(after))) {
            return rest(client, last);
        }
    }

    private static List<Event> rest(EventClient client, String last) throws InterruptedException {
        var events = new ArrayList<Event>();
        do {
            events.add(client.nextEvent());
            assertThat(events.getLast().event()).isNotIn("end", "broken");
        } while (!events.getLast().event().equals(last));
        return events;
    }

    /** A client's end is seen when the next comment cannot be written. */
    private void awaitOpen(int expected) {
        TestThreads.await(() -> streams.openStreams() == expected);
    }
}
