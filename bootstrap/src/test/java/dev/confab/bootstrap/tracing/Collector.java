package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Takes spans by OTLP over HTTP. */
final class Collector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A span that arrived, with its attributes as text. */
    record Arrived(String trace, String id, String parent, Span span) {
        String name() {
            return span.getName();
        }

        /** Empty if the span has no such attribute. */
        String attribute(String name) {
            return span.getAttributesList().stream().filter(each -> each.getKey().equals(name))
                    .map(each -> each.getValue().hasStringValue()
                            ? each.getValue().getStringValue()
                            : Long.toString(each.getValue().getIntValue()))
                    .findFirst().orElse("");
        }
    }

    private final HttpServer server;
    private final List<Arrived> spans = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering;

    private Collector(CountDownLatch answering) throws IOException {
        this.answering = answering;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    static Collector start() throws IOException {
        return new Collector(new CountDownLatch(0));
    }

    /** One that reads spans and does not answer until it is closed. */
    static Collector silent() throws IOException {
        return new Collector(new CountDownLatch(1));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.countDown();
            bodies.add(new String(body, StandardCharsets.ISO_8859_1));
            // All at once, so that a reader of one span also finds the spans that ended before it.
            spans.addAll(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream()).map(Collector::arrived).toList());
            answering.await();
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static Arrived arrived(Span span) {
        return new Arrived(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Waits for a span of this name in the trace, and returns it. What ended before it has arrived then, too. */
    Arrived await(String trace, String name) {
        Awaitility.await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(in(trace)).extracting(Arrived::name).contains(name));
        return in(trace).stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }

    void awaitAsked() {
        Awaitility.await().atMost(PATIENCE).until(() -> asked.getCount() == 0);
    }

    List<Arrived> all() {
        return List.copyOf(spans);
    }

    /** In the order in which they started. */
    List<Arrived> in(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace))
                .sorted(Comparator.comparingLong(each -> each.span().getStartTimeUnixNano())).toList();
    }

    /** Everything that arrived, byte by byte. */
    String received() {
        return String.join("\n", bodies);
    }

    /** Ends the silence. */
    void answer() {
        answering.countDown();
    }

    @Override
    public void close() {
        answer();
        server.stop(0);
    }
}
