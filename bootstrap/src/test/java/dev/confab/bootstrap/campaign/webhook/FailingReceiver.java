package dev.confab.bootstrap.campaign.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver over HTTP. It verifies each signature with a library of the scheme, and of each hundred requests it rejects some, and takes
 * some without an answer.
 */
final class FailingReceiver implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PERCENT = 100;

    /** An event that the receiver has accepted, answered or not. */
    record Event(String id, String type, String conversation, long version, long previousVersion) {
    }

    private final HttpServer server;
    private final SplittableRandom random;
    private final int failingPercent;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile String secret = "";
    private int requests;
    private int failures;

    FailingReceiver(SplittableRandom random, int failingPercent) throws IOException {
        this.random = random;
        this.failingPercent = failingPercent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                receive(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Events that come from now on are verified with it. */
    void verifyWith(String newSecret) {
        secret = newSecret;
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = exchange.getRequestHeaders();
        try {
            new Webhook(secret).verify(body, headers);
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            faults.add(e + " for " + body);
        }
        switch (nextAnswer()) {
            case ACCEPT -> {
                accept(exchange, body);
                exchange.sendResponseHeaders(204, -1);
            }
            case REJECT -> exchange.sendResponseHeaders(500, -1);
            // Closing it without a status breaks the connection: the sender cannot know that the event was taken.
            case ACCEPT_WITHOUT_ANSWER -> accept(exchange, body);
        }
    }

    private enum Answer {
        ACCEPT, REJECT, ACCEPT_WITHOUT_ANSWER
    }

    private synchronized Answer nextAnswer() {
        requests++;
        if (random.nextInt(PERCENT) >= failingPercent) {
            return Answer.ACCEPT;
        }
        failures++;
        return random.nextBoolean() ? Answer.REJECT : Answer.ACCEPT_WITHOUT_ANSWER;
    }

    private void accept(HttpExchange exchange, String body) {
        JsonNode json = JSON.readTree(body);
        JsonNode data = json.get("data");
        events.add(new Event(exchange.getRequestHeaders().getFirst("webhook-id"), json.get("type").asString(),
                data.get("conversationId").asString(), data.path("version").asLong(),
                data.path("previousVersion").asLong()));
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** What was wrong with requests, such as signatures. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized String counts() {
        return requests + " requests, " + failures + " of them failed, " + events.size() + " events taken";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
