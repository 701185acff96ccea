package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.bootstrap.operation.Retention;
import dev.confab.bootstrap.store.jpa.JpaStoreProperties;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application on PostgreSQL, one instance and two. */
class PostgresTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONVERSATIONS = "/api/v1/conversations";

    @AutoClose
    private final Database database = TestPostgres.shared().newDatabase();

    @Test
    void writes_are_read_found_and_survive_a_restart() throws Exception {
        String path;
        try (var confab = RunningConfab.start(database)) {
            path = start(confab, "Trip");
            assertThat(append(confab, path, "Where to?")).isEqualTo(201);
            assertThat(confab.get("/api/v1/info").body()).contains("\"jpa\"");
        }

        try (var confab = RunningConfab.start(database)) {
            assertThat(json(confab.get(path).body()).get("title").asString()).isEqualTo("Trip");
            assertThat(confab.get(path + "/messages").body()).contains("Where to?");
            assertThat(confab.get("/api/v1/search?q=where").body()).contains("Where to?");
            assertThat(Path.of("target/not-made")).doesNotExist();
        }
    }

    @Test
    void a_client_of_one_instance_sees_the_writes_of_another_and_can_use_its_cursor() throws Exception {
        try (var a = RunningConfab.start(database); var b = RunningConfab.start(database)) {
            String path = start(a, "One");
            start(a, "Two");
            var stream = b.open(path + "/events");
            var seen = CompletableFuture.supplyAsync(() -> {
                var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8)).lines();
                return lines.filter(line -> line.contains("Where to?")).findFirst();
            });

            append(a, path, "Where to?");

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(seen.get(60, TimeUnit.SECONDS)).isPresent();
            assertThat(b.get(path + "/messages").body()).contains("Where to?");
            String cursor = json(a.get(CONVERSATIONS + "?limit=1").body()).get("nextCursor").asString();
            assertThat(json(b.get(CONVERSATIONS + "?limit=1&cursor=" + cursor).body()).get("items")).hasSize(1);
        }
    }

    @Test
    void two_instances_that_purge_at_once_purge_everything_and_fail_at_nothing() throws Exception {
        try (var a = RunningConfab.start(database, "--confab.retention=1s");
                var b = RunningConfab.start(database, "--confab.retention=1s")) {
            for (int i = 0; i < 20; i++) {
                String path = start(a, "Old");
                assertThat(a.delete(path)).isEqualTo(204);
            }
            age();

            var purges = CompletableFuture.allOf(CompletableFuture.runAsync(a.bean(Retention.class)::purge),
                    CompletableFuture.runAsync(b.bean(Retention.class)::purge));

            purges.get(60, TimeUnit.SECONDS);
            assertThat(json(b.get(CONVERSATIONS + "?deleted=true").body()).get("items")).isEmpty();
        }
    }

    @Test
    void while_the_database_is_away_it_is_not_ready_and_then_recovers_by_itself() throws Exception {
        var postgres = TestPostgres.shared();
        try (var confab = RunningConfab.start(database, "--confab.jpa.lock-timeout=500ms")) {
            var healthy = confab.get("/actuator/health");
            assertThat(healthy.statusCode()).isEqualTo(200);
            var before = json(healthy.body()).at("/components/store");
            assertThat(before.get("status").asString()).isEqualTo("UP");
            assertThat(before.at("/details/server").asString()).startsWith("PostgreSQL 1");
            assertThat(before.at("/details/readConnections/waiting").asInt()).isZero();

            postgres.admin("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false");
            postgres.admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name()
                    + "'");
            var away = confab.get("/actuator/health/readiness");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("\"DOWN\"", "does not answer");
            var refused = confab.post(CONVERSATIONS, "{}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            postgres.admin("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS true");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> confab.get("/actuator/health/readiness").statusCode() == 200);
            // A connection that died unnoticed may still cost one write its answer.
            await().atMost(Duration.ofSeconds(60)).until(() -> confab.post(CONVERSATIONS, "{}").statusCode() == 201);
        }
    }

    @Test
    void the_meters_have_the_names_the_readme_gives() throws Exception {
        try (var confab = RunningConfab.start(database)) {
            start(confab, "Counted");

            assertThat(confab.get("/actuator/prometheus").body()).contains(
                    "confab_store_calls_seconds_count{call=\"transact\",outcome=\"success\"} 1",
                    "confab_store_lock_waits_seconds_count", "confab_commits_seconds_count 1",
                    "confab_commit_transactions_sum 1.0", "confab_commit_races_lost_total 0.0",
                    "confab_connections{pool=\"writes\",state=\"active\"}",
                    "confab_connections{pool=\"reads\",state=\"idle\"}",
                    "confab_connections_waiting{pool=\"reads\"} 0.0", "confab_feed_notifications_total",
                    "confab_feed_hints_received_total", "confab_feed_hints_dropped_total 0.0",
                    "confab_feed_polled_total", "confab_feed_reconnects_total 0.0").doesNotContain("confab_journal");
        }
    }

    @Test
    void the_settings_have_the_stores_own_defaults() {
        try (var confab = RunningConfab.startOnJpa(RunningConfab.login(database).toArray(String[]::new))) {
            var settings = confab.bean(JpaStoreProperties.class);
            var defaults = JpaStoreSettings.of("", "", "");

            assertThat(settings).usingRecursiveComparison().isEqualTo(new JpaStoreProperties(
                    defaults.writeConnections(), defaults.readConnections(), defaults.lockTimeout(),
                    defaults.statementTimeout(), defaults.rememberedHeads(), defaults.notifyEvery(),
                    defaults.pollEvery(), Duration.ZERO));
            assertThat(confab.bean(JpaStore.class).address()).contains("/" + database.name());
        }
    }

    /** As if what is in the bin had been there for long. */
    private void age() throws Exception {
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            statement.execute("UPDATE conversation SET deleted_at = deleted_at - interval '1 hour'");
        }
    }

    private static String start(RunningConfab confab, String title) throws Exception {
        var made = confab.post(CONVERSATIONS, "{\"title\":\"" + title + "\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        return CONVERSATIONS + "/" + json(made.body()).get("id").asString();
    }

    private static int append(RunningConfab confab, String path, String text) throws Exception {
        return confab.post(path + "/messages", "{\"role\":\"user\",\"text\":\"" + text + "\"}").statusCode();
    }

    private static JsonNode json(String body) {
        return JSON.readTree(body);
    }
}
