package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.web.EventClient.Event;
import dev.confab.adapter.web.event.EventStreams;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EventsTest extends WebTest {
    @Autowired
    EventStreams streams;

    @Test
    void a_stream_starts_from_now_and_tells_each_change() throws Exception {
        String path = conversation(1);

        try (var client = new EventClient(uri(path + "/events"))) {
            assertThat(client.response().statusCode()).isEqualTo(200);
            assertThat(client.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(client.response().headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(client.next().event()).isEqualTo(":");
            Event start = client.nextEvent();
            assertThat(start.event()).isEqualTo("changed");
            assertThat(start.id()).isEqualTo("2");
            assertThat(start.json().get("messages")).isEmpty();

            post(path + "/messages", draft("more")).expect(201);
            Event change = client.nextEvent();

            assertThat(change.id()).isEqualTo("3");
            assertThat(change.json().at("/messages/0/text").stringValue()).isEqualTo("more");
            assertThat(change.json().at("/reset").booleanValue()).isFalse();
            delete(path).expect(204);
            assertThat(client.nextEvent()).isEqualTo(new Event("", "deleted", "{}"));
            assertThat(client.next().event()).isEqualTo("end");
        }
        get(path + "/events").expectProblem(404, "conversation-not-found");
    }

    @Test
    void a_stream_resumes_after_the_last_event_or_a_version() throws Exception {
        String path = conversation(3);

        try (var since = new EventClient(uri(path + "/events?since=2"));
                var last = new EventClient(uri(path + "/events?since=1"), "Last-Event-ID", "3");
                var ahead = new EventClient(uri(path + "/events?since=99"))) {
            assertThat(since.nextEvent().json().get("messages")).hasSize(2);
            assertThat(last.nextEvent().json().get("messages")).hasSize(1);
            assertThat(ahead.nextEvent().json().get("reset").booleanValue()).isTrue();
        }
        get(path + "/events?since=x").expectProblem(400, "invalid-request");
        get(path + "/events", "Last-Event-ID", "x").expectProblem(400, "invalid-request");
        get(path + "/events", "Accept", JSON).expectProblem(406, "not-acceptable");
        get("/conversations/" + UUID.randomUUID() + "/events").expectProblem(404, "conversation-not-found");
    }

    @Test
    void whoever_applies_every_event_has_the_state() throws Exception {
        String path = conversation("{}");
        int writers = 8;
        int each = 25;
        try (var client = new EventClient(uri(path + "/events?since=0"))) {
            var threads = new ArrayList<Thread>();
            for (int w = 0; w < writers; w++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        post(path + "/messages", draft("x")).expect(201);
                    }
                }));
            }

            var copy = new TreeMap<Integer, String>();
            long version = 0;
            while (version < 1 + writers * each) {
                Event event = client.nextEvent();
                assertThat(Long.parseLong(event.id())).isGreaterThan(version);
                version = Long.parseLong(event.id());
                event.json().get("messages").forEach(
                        message -> copy.put(message.get("position").intValue(), message.get("id").stringValue()));
            }

            assertThat(copy).hasSize(writers * each).containsKeys(1, writers * each);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void an_idle_stream_carries_comments() throws Exception {
        String path = conversation("{}");

        try (var client = new EventClient(uri(path + "/events?since=1"))) {
            assertThat(client.next().event()).isEqualTo(":");
            assertThat(client.next().event()).isEqualTo(":");
            assertThat(client.next().event()).isEqualTo(":");
        }
    }

    @Test
    void the_owners_stream_tells_which_conversations_change() throws Exception {
        try (var client = new EventClient(uri("/api/v1/events"))) {
            assertThat(client.next().event()).isEqualTo(":");

            String path = conversation("{}");
            String id = path.substring("/conversations/".length());

            assertThat(client.nextEvent()).isEqualTo(
                    new Event("", "conversation", "{\"id\":\"" + id + "\",\"version\":1,\"deleted\":false}"));
            delete(path).expect(204);
            assertThat(client.nextEvent().data())
                    .isEqualTo("{\"id\":\"" + id + "\",\"version\":2,\"deleted\":true}");
        }
    }

    @Test
    void a_head_request_starts_no_stream() {
        String path = conversation("{}");

        Reply reply = call("HEAD", path + "/events", BodyPublishers.noBody()).expect(200);

        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        call("HEAD", "/api/v1/events", BodyPublishers.noBody()).expect(200);
    }

    @Test
    void a_stream_is_counted_until_its_client_goes() throws Exception {
        String path = conversation("{}");
        awaitOpen(0);

        try (var client = new EventClient(uri(path + "/events"))) {
            assertThat(client.next().event()).isEqualTo(":");
            awaitOpen(1);
        }

        awaitOpen(0);
    }

    @Test
    void with_too_many_streams_open_another_is_refused_until_one_ends() throws Exception {
        String path = conversation("{}");
        awaitOpen(0);
        var clients = new ArrayList<EventClient>();
        try {
            for (int i = 0; i < TestServer.MAX_STREAMS; i++) {
                clients.add(new EventClient(uri(path + "/events")));
            }
            Reply refused = get(path + "/events").expectProblem(503, "too-many-streams");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            // Refused clients must not use up the connections.
            assertThat(refused.header("Connection")).isEqualTo("close");
            assertThat(refused.text("repeatable")).isEqualTo("true");
            get(path).expect(200);
        } finally {
            for (EventClient client : clients) {
                client.close();
            }
        }
        awaitOpen(0);
        call("HEAD", path + "/events", BodyPublishers.noBody()).expect(200);
    }

    @Test
    void stopping_ends_the_streams_at_once() throws Exception {
        String path = conversation("{}");
        try (var client = new EventClient(uri(path + "/events?since=1"))) {
            assertThat(client.next().event()).isEqualTo(":");

            streams.stop();

            Event event = client.next();
            while (event.event().equals(":")) {
                event = client.next();
            }
            assertThat(event.event()).isEqualTo("end");
        } finally {
            streams.start();
        }
    }

    /** A client's end is seen when the next comment cannot be written. */
    private void awaitOpen(int expected) {
        TestThreads.await(() -> streams.openStreams() == expected);
    }
}
