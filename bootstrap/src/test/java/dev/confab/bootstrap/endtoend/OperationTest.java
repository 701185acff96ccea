package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.bootstrap.operation.Retention;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.file.FileStoreProperties;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import jakarta.persistence.EntityManagerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class OperationTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void writes_survive_a_restart() throws Exception {
        String path;
        try (var confab = RunningConfab.start(directory)) {
            var made = confab.post("/api/v1/conversations",
                    "{\"title\":\"Trip\",\"messages\":[{\"role\":\"user\",\"text\":\"Where to?\"}]}");
            assertThat(made.statusCode()).isEqualTo(201);
            path = "/api/v1/conversations/" + JSON.readTree(made.body()).get("id").asString();
        }

        try (var confab = RunningConfab.start(directory)) {
            assertThat(JSON.readTree(confab.get(path).body()).get("title").asString()).isEqualTo("Trip");
            assertThat(confab.get(path + "/messages").body()).contains("Where to?");
            assertThat(confab.get("/api/v1/search?q=where").body()).contains("Where to?");
        }
    }

    @Test
    void health_tells_of_the_store() throws Exception {
        try (var confab = RunningConfab.start(directory)) {
            var health = confab.get("/actuator/health");
            var store = JSON.readTree(health.body()).at("/components/store");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(store.get("status").asString()).isEqualTo("UP");
            assertThat(store.at("/details/damagedCount").asInt()).isZero();
            assertThat(confab.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(confab.get("/actuator/health/readiness").body()).contains("\"store\"");
        }
    }

    @Test
    void a_damaged_conversation_makes_health_say_degraded_and_the_others_are_served() throws Exception {
        String damaged;
        String sound;
        try (var confab = RunningConfab.start(directory)) {
            damaged = id(confab.post("/api/v1/conversations", "{\"title\":\"One\"}").body());
            sound = id(confab.post("/api/v1/conversations", "{\"title\":\"Two\"}").body());
        }
        var file = directory.resolve("conversations").resolve(damaged + ".json");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (var confab = RunningConfab.start(directory)) {
            var health = confab.get("/actuator/health");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(health.body()).get("status").asString()).isEqualTo("DEGRADED");
            assertThat(health.body()).contains(damaged);
            assertThat(confab.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(confab.get("/api/v1/conversations/" + damaged).body()).contains("conversation-damaged");
            assertThat(confab.get("/api/v1/conversations/" + sound).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_lost_data_directory_stops_writes_and_makes_the_server_not_ready(CapturedOutput output) throws Exception {
        try (var confab = RunningConfab.start(directory)) {
            Files.delete(directory.resolve("confab.lock"));

            assertThat(confab.post("/api/v1/conversations", "{\"title\":\"Nowhere\"}").statusCode()).isEqualTo(503);
            var readiness = confab.get("/actuator/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("\"DOWN\"", "no longer the one that was opened");
            assertThat(confab.get("/api/v1/conversations").statusCode()).isEqualTo(200);
            assertThat(output).contains("confab.lock was removed, moved or replaced. Stop this process")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void the_purge_removes_api_keys_that_ended_longer_ago_than_the_retention() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var confab = RunningConfab.start(directory, "--confab.retention=30d")) {
            var keys = confab.bean(ApiKeyStore.class);
            keys.create(endedAt("long ago", now.minus(Duration.ofDays(31))));
            keys.create(endedAt("lately", now.minus(Duration.ofDays(29))));
            keys.create(endedAt("later", now.plus(Duration.ofDays(1))));

            confab.bean(Retention.class).purge();

            assertThat(keys.list(Optional.empty(), Optional.empty(), 10)).extracting(ApiKey::name)
                    .containsExactlyInAnyOrder("lately", "later");
        }
    }

    private static ApiKey endedAt(String name, Instant time) {
        return new ApiKey(new ApiKeyId(UUID.randomUUID()), new OwnerId("ann"), name, Set.of(Scope.READ),
                SecretDigest.of(name), time, Optional.of(time), Optional.empty(), Optional.empty());
    }

    @Test
    void the_meters_have_the_names_the_readme_gives() throws Exception {
        try (var confab = RunningConfab.start(directory)) {
            var conversation = id(confab.post("/api/v1/conversations", "{}").body());
            confab.get("/api/v1/conversations/" + conversation);
            confab.get("/api/v1/conversations/00000000-0000-7000-8000-000000000000");

            assertThat(confab.get("/actuator/prometheus").body()).contains(
                    "confab_store_calls_seconds_count{call=\"transact\",outcome=\"success\"}",
                    "confab_store_calls_seconds_count{call=\"find\",outcome=\"success\"}", "confab_store_retries_total",
                    "confab_store_lock_waits_seconds_count", "confab_journal_batch_commits_count",
                    "confab_journal_batch_bytes_sum", "confab_journal_forces_seconds_count",
                    "confab_journal_size_bytes", "confab_checkpoints_seconds_count",
                    "confab_checkpoint_conversations_count", "confab_conversations_damaged", "confab_event_streams",
                    "http_server_requests_seconds_count");
        }
    }

    @Test
    void a_shutdown_ends_open_streams_at_once() throws Exception {
        var confab = RunningConfab.start(directory, "--spring.lifecycle.timeout-per-shutdown-phase=10m");
        var stream = confab.open("/api/v1/events");
        assertThat(stream.statusCode()).isEqualTo(200);
        var rest = CompletableFuture.supplyAsync(() -> {
            try (var body = stream.body()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.io.IOException brokenOff) {
                return brokenOff.toString();
            }
        });

        var closing = CompletableFuture.runAsync(confab::close);

        // A shutdown that waited for the stream would wait for ten minutes.
        assertThat(closing).succeedsWithin(Duration.ofSeconds(60));
        assertThat(rest.get(60, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void on_files_nothing_of_a_database_is_made() {
        try (var confab = RunningConfab.start(directory)) {
            assertThat(confab.beans(Object.class)).isNotEmpty().doesNotHaveAnyElementsOfTypes(DataSource.class,
                    EntityManagerFactory.class, Flyway.class, JpaStore.class);
        }
    }

    @Test
    void the_settings_have_the_defaults_the_readme_gives() {
        try (var confab = RunningConfab.start(directory)) {
            var settings = confab.bean(ConfabSettings.class);

            assertThat(settings.persistence()).isEqualTo("file");
            assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
            var files = confab.bean(FileStoreProperties.class);
            assertThat(files.directory()).isEqualTo(directory);
            assertThat(files.lockTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(files.salvage()).isFalse();
            assertThat(settings.importing().maxSize().toMegabytes()).isEqualTo(2_048);
            assertThat(settings.cors().allowedOrigins()).isEmpty();
        }
    }

    private static String id(String body) {
        return JSON.readTree(body).get("id").asString();
    }
}
