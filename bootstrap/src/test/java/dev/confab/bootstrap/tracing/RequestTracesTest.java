package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.tracing.Collector.Arrived;
import dev.confab.testsupport.postgres.TestPostgres;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
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
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PROXY_SPAN = "00f067aa0ba902b7";
    private static final String TRUSTED = "--confab.server.trusted-proxies=127.0.0.1";

    @TempDir
    Path directory;

    @AutoClose
    private final Collector collector = Collector.start();

    RequestTracesTest() throws Exception {
    }

    @Test
    void an_append_on_files_is_one_trace_from_the_request_to_the_commit() throws Exception {
        try (var confab = Confab.traced(directory, collector)) {
            anAppendIsOneTrace(confab, "file");
        }
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
        try (var confab = Confab.traced(directory, collector)) {
            String messages = confab.newConversation() + "/messages";
            confab.post(messages, DRAFT, "Idempotency-Key", "one");
            var repeated = confab.post(messages, DRAFT, "Idempotency-Key", "one");
            var read = confab.get(messages);

            collector.await(read.requestId(), HTTP.replace("post", "get"));
            assertThat(collector.in(read.requestId())).extracting(Arrived::name).contains("store read")
                    .doesNotContain("commit");
            assertThat(collector.in(repeated.requestId())).extracting(Arrived::name).contains("store transact", HTTP)
                    .doesNotContain("commit");
        }
    }

    @Test
    void a_failed_request_has_its_id_in_the_problem_and_in_the_trace() throws Exception {
        try (var confab = Confab.traced(directory, collector)) {
            var absent = confab.get(CONVERSATIONS + "/00000000-0000-0000-0000-000000000001");

            var http = collector.await(absent.requestId(), "http get /api/v1/conversations/{conversationId}");
            assertThat(absent.body().get("requestId").asString()).isEqualTo(absent.requestId());
            assertThat(http.attribute("status")).isEqualTo("404");
        }
    }

    /** Not even beside a proxy, here at another address. */
    @ParameterizedTest
    @ValueSource(strings = {"--confab.server.trusted-proxies=", "--confab.server.trusted-proxies=127.0.0.2"})
    void a_client_names_no_trace(String proxies) throws Exception {
        try (var confab = Confab.traced(directory, collector, proxies)) {
            var named = confab.get(CONVERSATIONS, "traceparent", "00-" + TRACE + "-" + PROXY_SPAN + "-01");
            var asked = confab.get(CONVERSATIONS, "X-Request-Id", TRACE);

            assertThat(named.requestId()).isNotEqualTo(TRACE);
            assertThat(collector.await(named.requestId(), LIST).parent()).isEmpty();
            assertThat(asked.requestId()).isEqualTo(TRACE);
            var second = confab.get(CONVERSATIONS);
            collector.await(second.requestId(), LIST);
            assertThat(collector.in(TRACE)).isEmpty();
            assertThat(collector.all()).anySatisfy(span -> {
                assertThat(span.attribute("requestId")).isEqualTo(TRACE);
                assertThat(span.trace()).isNotEqualTo(TRACE).hasSize(32);
            });
        }
    }

    @Test
    void a_trusted_proxy_names_the_trace_which_is_the_requests_id() throws Exception {
        try (var confab = Confab.traced(directory, collector, TRUSTED)) {
            var named = confab.get(CONVERSATIONS, "traceparent", "00-" + TRACE + "-" + PROXY_SPAN + "-01",
                    "X-Request-Id", "another");

            assertThat(named.requestId()).isEqualTo(TRACE);
            assertThat(collector.await(TRACE, LIST).parent()).isEqualTo(PROXY_SPAN);
        }
    }

    @Test
    void a_trusted_proxys_request_id_is_the_traces_if_it_can_be_one() throws Exception {
        try (var confab = Confab.traced(directory, collector, TRUSTED)) {
            var fit = confab.get(CONVERSATIONS, "X-Request-Id", TRACE);
            var unfit = confab.get(CONVERSATIONS, "X-Request-Id", "request-7");

            assertThat(fit.requestId()).isEqualTo(TRACE);
            assertThat(collector.await(TRACE, LIST).parent()).isEmpty();
            assertThat(unfit.requestId()).isEqualTo("request-7");
            var later = confab.get(CONVERSATIONS);
            collector.await(later.requestId(), LIST);
            assertThat(collector.all()).anySatisfy(span -> {
                assertThat(span.attribute("requestId")).isEqualTo("request-7");
                assertThat(span.trace()).hasSize(32);
            });
        }
    }

    @Test
    void a_trusted_proxy_decides_whether_its_trace_is_recorded() throws Exception {
        try (var confab = Confab.traced(directory, collector, TRUSTED)) {
            var unrecorded = confab.get(CONVERSATIONS, "traceparent", "00-" + TRACE + "-" + PROXY_SPAN + "-00");
            var recorded = confab.get(CONVERSATIONS);

            assertThat(unrecorded.requestId()).isEqualTo(TRACE);
            collector.await(recorded.requestId(), LIST);
            assertThat(collector.in(TRACE)).isEmpty();
        }
    }

    @Test
    void nothing_is_recorded_when_the_sampling_is_zero_and_requests_have_ids_all_the_same() throws Exception {
        try (var confab = Confab.traced(directory, collector, TRUSTED, "--confab.tracing.sampling=0")) {
            var unrecorded = confab.get(CONVERSATIONS);
            confab.get(CONVERSATIONS, "traceparent", "00-" + TRACE + "-" + PROXY_SPAN + "-01");

            assertThat(unrecorded.requestId()).matches("[0-9a-f]{32}");
            collector.await(TRACE, LIST);
            assertThat(collector.all()).extracting(Arrived::trace).containsOnly(TRACE);
        }
    }

    @Test
    void only_requests_begin_traces_and_those_of_monitoring_do_not() throws Exception {
        try (var confab = Confab.traced(directory, collector, "--confab.session.sweep-every=1ms", TRUSTED)) {
            var probe = confab.get("/actuator/health", "traceparent", "00-" + TRACE + "-" + PROXY_SPAN + "-01");
            confab.get("/actuator/prometheus");
            for (int i = 0; i < 20; i++) {
                confab.newConversation();
            }
            var last = confab.get(CONVERSATIONS);

            collector.await(last.requestId(), LIST);
            assertThat(probe.requestId()).isNotEqualTo(TRACE);
            assertThat(collector.all()).hasSizeGreaterThan(20).filteredOn(span -> span.parent().isEmpty())
                    .allSatisfy(span -> assertThat(span.name()).startsWith("http ").doesNotContain("actuator"));
        }
    }
}
