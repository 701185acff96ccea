package dev.confab.adapter.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an event stream in a thread of its own. Its events must agree with the API's description. */
final class EventClient implements AutoCloseable {
    /** A comment's event is ":"; the stream's end is "end", a broken connection "broken". */
    record Event(String id, String event, String data) {
        JsonNode json() {
            return new JsonMapper().readTree(data);
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<java.io.InputStream> response;
    private final URI uri;

    EventClient(URI uri, String... headers) throws Exception {
        this.uri = uri;
        var request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        response = WebTest.CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        Thread.ofVirtual().start(this::read);
    }

    HttpResponse<?> response() {
        return response;
    }

    /** The next event or comment. */
    Event next() throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event within 60 s");
        }
        if (!event.data().isEmpty()) {
            DescribedApi.checkEvent(uri, event.event(), event.data());
        }
        return event;
    }

    /** The next event that is not a comment. */
    Event nextEvent() throws InterruptedException {
        Event event = next();
        while (event.event().equals(":")) {
            event = next();
        }
        return event;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    name = ":";
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    events.add(new Event(id, name, data));
                    id = "";
                    name = "";
                    data = "";
                }
            }
            events.add(new Event("", "end", ""));
        } catch (IOException broken) {
            events.add(new Event("", "broken", ""));
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
