package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

/** With log-in other machines may reach the server, and what they reach is protected. */
class LogInStartTest {
    @TempDir
    Path directory;

    @Test
    void any_address_is_accepted_and_nothing_is_answered_without_a_key() throws Exception {
        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys", "--server.address=0.0.0.0")) {
            assertThat(confab.get("/api/v1/conversations").statusCode()).isEqualTo(401);
            assertThat(confab.get("/actuator/prometheus").statusCode()).isEqualTo(401);
            assertThat(confab.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void owners_have_generous_limits_by_default_and_those_of_the_settings() throws Exception {
        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys", "--confab.streams.max=40",
                "--confab.turn.max-running=3")) {
            assertThat(usage(confab)).contains("\"requestsPerSecond\":100,\"burst\":500,\"eventStreams\":10,"
                    + "\"runningTurns\":1,\"storedBytes\":107374182400,\"conversations\":1000000");
        }
        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys",
                "--confab.streams.max-per-owner=3", "--confab.turn.max-running-per-owner=4",
                "--confab.limits.requests-per-second=7", "--confab.limits.burst=9", "--confab.limits.stored-bytes=1KB",
                "--confab.limits.conversations=0")) {
            assertThat(usage(confab)).contains("\"requestsPerSecond\":7,\"burst\":9,\"eventStreams\":3,"
                    + "\"runningTurns\":4,\"storedBytes\":1024,\"conversations\":null");
        }
    }

    @Test
    void without_log_in_there_is_no_limit_unless_it_is_set() throws Exception {
        try (var confab = RunningConfab.start(directory, "--confab.limits.conversations=1")) {
            var usage = confab.get("/api/v1/usage");
            assertThat(usage.body()).contains("\"limits\":{\"requestsPerSecond\":null,\"burst\":null,"
                    + "\"eventStreams\":null,\"runningTurns\":null,\"storedBytes\":null,\"conversations\":1}");
            assertThat(usage.headers().firstValue("RateLimit")).isEmpty();
            assertThat(confab.post("/api/v1/conversations", "{}").statusCode()).isEqualTo(201);
            assertThat(confab.post("/api/v1/conversations", "{}").statusCode()).isEqualTo(413);
        }
    }

    private static String usage(RunningConfab confab) throws Exception {
        String token = confab.bean(ApiKeys.class)
                .issue(new OwnerId("ann"), "test", Set.of(Scope.READ), Optional.empty()).token().text();
        try (var body = confab.call("GET", "/api/v1/usage", "", "Authorization", "Bearer " + token).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void health_and_metrics_on_a_port_of_their_own_are_protected_too() throws Exception {
        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys", "--management.server.port=0",
                "--management.server.address=127.0.0.1"); var http = HttpClient.newHttpClient()) {
            String token = confab.bean(ApiKeys.class)
                    .issue(new OwnerId("root"), "test", Set.of(Scope.ADMIN), Optional.empty()).token().text();
            String port = confab.bean(Environment.class).getProperty("local.management.port");
            var metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"));

            assertThat(http.send(metrics.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(401);
            assertThat(http.send(metrics.header("Authorization", "Bearer " + token).build(), BodyHandlers.discarding())
                    .statusCode()).isEqualTo(200);
        }
    }
}
