package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
