package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.tracing.Collector.Arrived;
import dev.confab.testsupport.postgres.TestPostgres;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace of a request, and its id. */
class RequestTracesTest {
    private static final String DRAFT = "{\"role\":\"user\",\"text\":\"Where to?\"}";
    private static final String HTTP = "http post /api/v1/conversations/{conversationId}/messages";
    private static final String LIST = "http get /api/v1/conversations";
    private static final String CONVERSATIONS = Confab.API + "/conversations";
    private static final String PROXY_SPAN = "00f067aa0ba902b7";
    private static final String TRUSTED = "--confab.server.trusted-proxies=127.0.0.1";

    @AutoClose
    private static Collector collector;

    @TempDir
    static Path directories;

    @AutoClose
    private static Confab plain;

    /** Trusts 127.0.0.1 as a proxy. */
    @AutoClose
    private static Confab trusting;

    @TempDir
    Path directory;

    /** Of this test alone: most tests share a collector. */
    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws Exception {
        collector = Collector.start();
        plain = Confab.traced(directories.resolve("plain"), collector);
        trusting = Confab.traced(directories.resolve("trusting"), collector, TRUSTED);
    }

    @Test
    void an_append_on_files_is_one_trace_from_the_request_to_the_commit() throws Exception {
        anAppendIsOneTrace(plain, "file");
    }

    @Test
    void an_append_on_postgres_is_one_trace_from_the_request_to_the_commit() throws Exception {
        try (var database = TestPostgres.shared().newDatabase();
                var confab = Confab.traced(directory, collector, "--confab.persistence=jpa",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password())) {
            anAppendIsOneTrace(confab, "jpa");
        }
    }

    private void anAppendIsOneTrace(Confab confab, String store) throws Exception {
        var answer = confab.post(confab.newConversation() + "/messages", DRAFT);

        Arrived http = collector.await(answer.requestId(), HTTP);
        Arrived call = collector.await(answer.requestId(), "store transact");
        Arrived commit = collector.await(answer.requestId(), "commit");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(http.parent()).isEmpty();
        assertThat(call.parent()).isEqualTo(http.id());
        assertThat(commit.parent()).isEqualTo(call.id());
        assertThat(http.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(http.attribute("method")).isEqualTo("POST");
        assertThat(http.attribute("uri")).isEqualTo("/api/v1/conversations/{conversationId}/messages");
        assertThat(http.attribute("status")).isEqualTo("201");
        assertThat(call.attribute("outcome")).isEqualTo("success");
        assertThat(commit.attribute("store")).isEqualTo(store);
        assertThat(commit.attribute("events")).isEqualTo("message-appended");
        assertThat(commit.span().getStartTimeUnixNano()).isPositive()
                .isLessThanOrEqualTo(commit.span().getEndTimeUnixNano());
    }

    @Test
    void a_read_and_a_repeated_request_commit_nothing() throws Exception {
        String messages = plain.newConversation() + "/messages";
        plain.post(messages, DRAFT, "Idempotency-Key", "one");
        var repeated = plain.post(messages, DRAFT, "Idempotency-Key", "one");
        var read = plain.get(messages);

        collector.await(read.requestId(), HTTP.replace("post", "get"));
        assertThat(collector.in(read.requestId())).extracting(Arrived::name).contains("store read")
                .doesNotContain("commit");
        assertThat(collector.in(repeated.requestId())).extracting(Arrived::name).contains("store transact", HTTP)
                .doesNotContain("commit");
    }

    @Test
    void a_failed_request_has_its_id_in_the_problem_and_in_the_trace() throws Exception {
        var absent = plain.get(CONVERSATIONS + "/00000000-0000-0000-0000-000000000001");

        var http = collector.await(absent.requestId(), "http get /api/v1/conversations/{conversationId}");
        assertThat(absent.body().get("requestId").asString()).isEqualTo(absent.requestId());
        assertThat(http.attribute("status")).isEqualTo("404");
    }

    /** Not even beside a proxy, here at another address. */
    @ParameterizedTest
    @ValueSource(strings = {"--confab.server.trusted-proxies=", "--confab.server.trusted-proxies=127.0.0.2"})
    void a_client_names_no_trace(String proxies) throws Exception {
        try (var confab = Confab.traced(directory, collector, proxies)) {
            var named = confab.get(CONVERSATIONS, "traceparent", "00-" + trace + "-" + PROXY_SPAN + "-01");
            var asked = confab.get(CONVERSATIONS, "X-Request-Id", trace);

            assertThat(named.requestId()).isNotEqualTo(trace);
            assertThat(collector.await(named.requestId(), LIST).parent()).isEmpty();
            assertThat(asked.requestId()).isEqualTo(trace);
            var second = confab.get(CONVERSATIONS);
            collector.await(second.requestId(), LIST);
            assertThat(collector.in(trace)).isEmpty();
            assertThat(collector.all()).anySatisfy(span -> {
                assertThat(span.attribute("requestId")).isEqualTo(trace);
                assertThat(span.trace()).isNotEqualTo(trace).hasSize(32);
            });
        }
    }

    @Test
    void a_trusted_proxy_names_the_trace_which_is_the_requests_id() throws Exception {
        var named = trusting.get(CONVERSATIONS, "traceparent", "00-" + trace + "-" + PROXY_SPAN + "-01",
                "X-Request-Id", "another");

        assertThat(named.requestId()).isEqualTo(trace);
        assertThat(collector.await(trace, LIST).parent()).isEqualTo(PROXY_SPAN);
    }

    @Test
    void a_trusted_proxys_request_id_is_the_traces_if_it_can_be_one() throws Exception {
        var fit = trusting.get(CONVERSATIONS, "X-Request-Id", trace);
        var unfit = trusting.get(CONVERSATIONS, "X-Request-Id", "request-7");

        assertThat(fit.requestId()).isEqualTo(trace);
        assertThat(collector.await(trace, LIST).parent()).isEmpty();
        assertThat(unfit.requestId()).isEqualTo("request-7");
        var later = trusting.get(CONVERSATIONS);
        collector.await(later.requestId(), LIST);
        assertThat(collector.all()).anySatisfy(span -> {
            assertThat(span.attribute("requestId")).isEqualTo("request-7");
            assertThat(span.trace()).hasSize(32);
        });
    }

    @Test
    void a_trusted_proxy_decides_whether_its_trace_is_recorded() throws Exception {
        var unrecorded = trusting.get(CONVERSATIONS, "traceparent", "00-" + trace + "-" + PROXY_SPAN + "-00");
        var recorded = trusting.get(CONVERSATIONS);

        assertThat(unrecorded.requestId()).isEqualTo(trace);
        collector.await(recorded.requestId(), LIST);
        assertThat(collector.in(trace)).isEmpty();
    }

    @Test
    void nothing_is_recorded_when_the_sampling_is_zero_and_requests_have_ids_all_the_same() throws Exception {
        try (var own = Collector.start();
                var confab = Confab.traced(directory, own, TRUSTED, "--confab.tracing.sampling=0")) {
            var unrecorded = confab.get(CONVERSATIONS);
            confab.get(CONVERSATIONS, "traceparent", "00-" + trace + "-" + PROXY_SPAN + "-01");

            assertThat(unrecorded.requestId()).matches("[0-9a-f]{32}");
            own.await(trace, LIST);
            assertThat(own.all()).extracting(Arrived::trace).containsOnly(trace);
        }
    }

    @Test
    void only_requests_begin_traces_and_those_of_monitoring_do_not() throws Exception {
        try (var own = Collector.start();
                var confab = Confab.traced(directory, own, "--confab.session.sweep-every=1ms", TRUSTED)) {
            var probe = confab.get("/actuator/health", "traceparent", "00-" + trace + "-" + PROXY_SPAN + "-01");
            confab.get("/actuator/prometheus");
            for (int i = 0; i < 20; i++) {
                confab.newConversation();
            }
            var last = confab.get(CONVERSATIONS);

            own.await(last.requestId(), LIST);
            assertThat(probe.requestId()).isNotEqualTo(trace);
            assertThat(own.all()).hasSizeGreaterThan(20).filteredOn(span -> span.parent().isEmpty())
                    .allSatisfy(span -> assertThat(span.name()).startsWith("http ").doesNotContain("actuator"));
        }
    }
}
