package dev.confab.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.confab.adapter.webhook.WebhookSenderSettings.Targets;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.TurnProgress;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookEvent.ConversationGone;
import dev.confab.domain.webhook.WebhookEvent.ConversationReached;
import dev.confab.domain.webhook.WebhookEvent.Trial;
import dev.confab.domain.webhook.WebhookEvent.TurnReached;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookSecret;
import dev.confab.domain.webhook.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final WebhookSecret SECRET = WebhookSecret
            .of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final WebhookEvent EVENT = new ConversationReached(EventType.CONVERSATION_CHANGED, CONVERSATION, 7,
            6,
            AT);

    private record Received(String path, Map<String, List<String>> headers, String body) {
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(204, -1);
    private HttpServer server;

    @BeforeEach
    void startReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            received.add(new Received(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer.to(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopReceiver() {
        server.stop(0);
    }

    private static WebhookSenderSettings settings(Targets targets, Duration timeout) {
        return new WebhookSenderSettings(timeout, targets, 8, 64);
    }

    private Webhook webhook(String url) {
        return Webhook.create(new WebhookId(new UUID(3, 4)), new OwnerId("ann"), WebhookUrl.parse(url),
                EventType.SUBSCRIBABLE, SECRET, AT);
    }

    private Webhook local() {
        return webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b");
    }

    private Result send(Webhook webhook) {
        try (var sender = new HttpWebhookSender(settings(Targets.ALL, PATIENT))) {
            return sender.send(webhook, EVENT, Instant.now());
        }
    }

    @Test
    void a_library_of_the_scheme_verifies_the_requests() throws Exception {
        assertThat(send(local())).isEqualTo(new Result.Accepted(204));

        Received request = received.remove();
        new com.standardwebhooks.Webhook(SECRET.text()).verify(request.body(), request.headers());
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook(SECRET.text()).verify(request.body() + " ",
                request.headers())).isInstanceOf(WebhookVerificationException.class);
        assertThat(request.path()).isEqualTo("/hook?a=b");
        assertThat(request.headers().get("Webhook-id")).containsExactly(CONVERSATION + ":7");
        assertThat(request.headers().get("Content-type")).containsExactly("application/json");
        assertThat(request.headers()).doesNotContainKeys("Cookie", "Authorization");
    }

    @Test
    void each_kind_of_event_has_its_body() {
        assertThat(body(EVENT))
                .isEqualTo("{\"type\":\"conversation.changed\",\"timestamp\":\"2026-01-02T03:04:05.678Z\","
                        + "\"data\":{\"conversationId\":\"" + CONVERSATION
                        + "\",\"version\":7,\"previousVersion\":6}}");
        assertThat(body(new ConversationGone(CONVERSATION, AT))).contains("\"conversation.purged\"")
                .endsWith("\"data\":{\"conversationId\":\"" + CONVERSATION + "\"}}");
        var turn = new TurnProgress(new TurnId(new UUID(5, 6)), new SessionId(new UUID(7, 8)), 2, "failed",
                Optional.of(AT));
        assertThat(body(new TurnReached(EventType.TURN_FAILED, CONVERSATION, turn, AT))).contains("\"turn.failed\"")
                .endsWith("\"data\":{\"conversationId\":\"" + CONVERSATION + "\",\"sessionId\":\"" + turn.sessionId()
                        + "\",\"turnId\":\"" + turn.id() + "\"}}");
        assertThat(body(new Trial("test:1", new WebhookId(new UUID(3, 4)), AT))).contains("\"webhook.test\"")
                .endsWith("\"data\":{\"webhookId\":\"" + new UUID(3, 4) + "\"}}");
    }

    private static String body(WebhookEvent event) {
        return new String(EventJson.bytes(event), StandardCharsets.UTF_8);
    }

    @Test
    void a_redirect_is_not_followed() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Location", "/other");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/other") ? 204 : 307, -1);
        };

        assertThat(send(local())).isEqualTo(new Result.Rejected(307, Optional.empty()));
        assertThat(received).hasSize(1);
    }

    @Test
    void a_rejection_says_when_to_try_again() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            exchange.sendResponseHeaders(503, -1);
        };

        assertThat(send(local())).isEqualTo(new Result.Rejected(503, Optional.of(Duration.ofSeconds(120))));
        assertThat(RetryAfter.parse("Fri, 02 Jan 2026 03:04:35 GMT", AT.minusMillis(678)))
                .contains(Duration.ofSeconds(30));
        for (String other : List.of("", "-1", "soon", "Fri, 02 Jan 2026 03:04:00 GMT", "99999999999", "1.5")) {
            assertThat(RetryAfter.parse(other, AT)).isEmpty();
        }
    }

    @Test
    void a_receiver_that_does_not_answer_is_given_up() {
        var end = new CountDownLatch(1);
        answer = exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var sender = new HttpWebhookSender(settings(Targets.ALL, Duration.ofMillis(300)))) {
            assertThat(sender.send(local(), EVENT, AT))
                    .isEqualTo(new Result.Unanswered("no answer came within 300 ms"));
        } finally {
            end.countDown();
        }
    }

    @Test
    void the_connection_is_closed_when_the_body_of_an_answer_is_long() {
        var written = new CompletableFuture<Integer>();
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            int count = 0;
            try {
                for (; count < 64 << 20; count += 8192) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            } catch (IOException theConnectionWasClosed) {
                // The count says how far it came.
            }
            written.complete(count);
        };

        assertThat(send(local())).isEqualTo(new Result.Accepted(200));
        assertThat(written.join()).as("bytes").isLessThan(64 << 20);
    }

    @Test
    void a_closed_port_is_no_answer() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(send(webhook("http://127.0.0.1:" + port + "/"))).isInstanceOfSatisfying(Result.Unanswered.class,
                result -> assertThat(result.reason()).contains("the connection failed"));
    }

    /** Resolves every name to these addresses, and counts. */
    private record Names(AtomicInteger count, String... addresses) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            count.incrementAndGet();
            var all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByAddress(host, InetAddress.ofLiteral(addresses[i]).getAddress());
            }
            return all;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void the_client_connects_to_the_address_that_the_resolver_has_checked_and_asks_once() {
        var names = new Names(new AtomicInteger(), "127.0.0.1");
        String url = "http://receiver.invalid:" + server.getAddress().getPort() + "/";
        try (var sender = new HttpWebhookSender(settings(Targets.ALL, PATIENT), names)) {
            assertThat(sender.send(webhook(url), EVENT, AT)).isEqualTo(new Result.Accepted(204));
        }
        assertThat(names.count()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fd00::1"})
    void a_name_with_an_address_that_is_not_public_is_refused_before_a_connection(String address) {
        var names = new Names(new AtomicInteger(), address);
        String url = "https://receiver.invalid:" + server.getAddress().getPort() + "/";
        try (var sender = new HttpWebhookSender(settings(Targets.PUBLIC, PATIENT), names)) {
            assertThat(sender.send(webhook(url), EVENT, AT))
                    .isEqualTo(new Result.Unanswered("the host has an address that is not a public one"));
        }
        assertThat(names.count()).hasValue(1);
        assertThat(received).isEmpty();
    }

    /** Asks the resolver alone: a sender with a fault would connect to the public address. */
    @Test
    void every_address_of_a_name_must_be_public() throws Exception {
        for (List<String> addresses : List.of(List.of("8.8.8.8", "127.0.0.1"), List.of("127.0.0.1", "8.8.8.8"))) {
            var names = new Names(new AtomicInteger(), addresses.toArray(String[]::new));
            assertThatThrownBy(() -> new CheckedResolver(names, Targets.PUBLIC).resolve("receiver.invalid", 443))
                    .isInstanceOf(CheckedResolver.AddressRefused.class);
            assertThat(new CheckedResolver(names, Targets.ALL).resolve("receiver.invalid", 443)).hasSize(2);
        }
        var all = new Names(new AtomicInteger(), "8.8.8.8", "1.1.1.1");
        assertThat(new CheckedResolver(all, Targets.PUBLIC).resolve("receiver.invalid", 443)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "https://localhost/", "https://2130706433/", "https://0x7f000001/"})
    void an_address_of_this_machine_is_refused_however_it_is_written(String url) {
        try (var sender = new HttpWebhookSender(settings(Targets.PUBLIC, PATIENT))) {
            assertThat(sender.send(webhook(url), EVENT, AT)).isInstanceOfSatisfying(Result.Unanswered.class,
                    result -> assertThat(result.reason()).containsAnyOf("not a public one", "cannot be resolved"));
        }
    }

    @Test
    void a_url_that_nothing_may_be_sent_to_is_refused_when_the_webhook_is_made() {
        try (var sender = new HttpWebhookSender(settings(Targets.PUBLIC, PATIENT));
                var allowing = new HttpWebhookSender(settings(Targets.ALL, PATIENT))) {
            for (String url : List.of("http://example.com/", "https://127.0.0.1/", "https://[::1]:1/",
                    "https://10.1.2.3/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/")) {
                assertThatThrownBy(() -> sender.check(WebhookUrl.parse(url))).as(url).isInstanceOf(InvalidValue.class);
                assertThatCode(() -> allowing.check(WebhookUrl.parse(url))).doesNotThrowAnyException();
            }
            assertThatCode(() -> sender.check(WebhookUrl.parse("https://example.com/hook"))).doesNotThrowAnyException();
            assertThatCode(() -> sender.check(WebhookUrl.parse("https://8.8.8.8/"))).doesNotThrowAnyException();
            assertThat(sender.send(local(), EVENT, AT))
                    .isEqualTo(new Result.Unanswered("the URL must begin with https://"));
        }
        assertThat(received).isEmpty();
    }
}
