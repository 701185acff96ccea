package dev.confab.bootstrap.campaign.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.ServerProcess;
import dev.confab.bootstrap.campaign.webhook.FailingReceiver.Event;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Each event at least once, in order, none invented, though the receiver fails at random and a server is killed twice. */
@Tag("process")
class WebhookCampaignTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final List<String> QUICK = List.of("--confab.webhooks.allow-private-targets=true",
            "--confab.webhooks.timeout=1s", "--confab.webhooks.first-retry=20ms");

    @TempDir
    Path directory;

    @Test
    void on_files_every_event_comes_in_order_though_the_server_is_killed_twice() throws Exception {
        onFiles(10, 20);
    }

    @Test
    void on_postgresql_every_event_comes_in_order_though_one_of_two_servers_is_killed_twice() throws Exception {
        onPostgres(10, 20);
    }

    @Test
    @Tag("campaign")
    void ten_thousand_events_on_files() throws Exception {
        onFiles(50, 200);
    }

    @Test
    @Tag("campaign")
    void ten_thousand_events_on_postgresql() throws Exception {
        onPostgres(50, 200);
    }

    private void onFiles(int conversations, int versions) throws Exception {
        var settings = new ArrayList<>(List.of("--confab.file.directory=" + directory.resolve("data")));
        settings.addAll(QUICK);
        campaign("files", List.of(settings), conversations, versions);
    }

    private void onPostgres(int conversations, int versions) throws Exception {
        Database database = TestPostgres.shared().newDatabase();
        var settings = new ArrayList<>(List.of("--confab.persistence=jpa", "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
        settings.addAll(QUICK);
        campaign("PostgreSQL", List.of(settings, settings), conversations, versions);
    }

    /** @param servers the settings of each server; the first one is killed */
    private static void campaign(String store, List<List<String>> servers, int conversations, int versions)
            throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        List<ServerProcess> running = new ArrayList<>();
        try (var receiver = new FailingReceiver(random.split(), 15)) {
            servers.forEach(settings -> running.add(ServerProcess.launch(settings)));
            running.forEach(ServerProcess::awaitServing);
            String webhook = createWebhook(running.getFirst().api(), receiver);
            List<String> ids = new ArrayList<>();
            for (int n = 0; n < conversations; n++) {
                ids.add(post(running.getFirst().api(), "/conversations", Map.of(), 201).get("id"));
            }
            // Then each later version has an event of its own. The receiver may have taken an event and failed to say so, which is
            // then sent again with the versions since.
            await().atMost(PATIENCE).until(() -> conversationsOf(receiver).containsAll(ids)
                    && backlog(running.getLast().api(), webhook) == 0);
            long start = System.nanoTime();
            int appends = conversations * (versions - 1);
            for (int n = 0; n < appends; n++) {
                if (n == appends / 3 || n == 2 * appends / 3) {
                    running.getFirst().kill();
                    running.set(0, ServerProcess.launch(servers.getFirst()));
                    running.getFirst().awaitServing();
                }
                Api api = running.get(n % running.size()).api();
                post(api, "/conversations/" + ids.get(n % ids.size()) + "/messages",
                        Map.of("role", "user", "text", "message " + n), 201);
            }
            Api api = running.getLast().api();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> backlog(api, webhook) == 0);
            double seconds = (System.nanoTime() - start) / 1e9;

            assertThat(receiver.faults()).isEmpty();
            // A killed server on files loses the cursors of its last second, PostgreSQL none.
            boolean losesCursors = servers.size() == 1;
            String counts = verify(receiver.events(), ids, versions, losesCursors, "seed " + seed);
            System.out.printf("%s: %d events of %d conversations in %.0f s, two kills; %s; %s; seed %d%n", store,
                    conversations * versions, conversations, seconds, receiver.counts(), counts, seed);
        } finally {
            running.forEach(ServerProcess::close);
        }
    }

    private static Set<String> conversationsOf(FailingReceiver receiver) {
        return receiver.events().stream().map(Event::conversation).collect(Collectors.toSet());
    }

    private static String createWebhook(Api api, FailingReceiver receiver) throws IOException {
        Api.Answer answer = api.send("POST", "/webhooks",
                Optional.of(JSON.valueToTree(Map.of("url", receiver.url()))));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        receiver.verifyWith(answer.body().get("secret").asString());
        return answer.body().at("/webhook/id").asString();
    }

    private static int backlog(Api api, String webhook) throws IOException {
        return api.get("/webhooks/" + webhook).body().get("backlog").asInt();
    }

    private static Map<String, String> post(Api api, String path, Map<String, String> body, int status)
            throws IOException {
        Api.Answer answer = api.send("POST", path, Optional.of(JSON.valueToTree(body)));
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return Map.of("id", answer.body().path("id").asString(""));
    }

    /**
     * The receiver got each version of each conversation, in order, from 1 on, and nothing else. Each event reports one version, but the
     * first one of a conversation: that reports all versions until then, and comes again when the first cursor of it was lost.
     */
    private static String verify(List<Event> events, List<String> ids, int versions, boolean losesCursors,
            String context) {
        Map<String, Long> reported = new HashMap<>();
        Set<String> seen = new HashSet<>();
        int repeated = 0;
        for (Event event : events) {
            String which = context + ", " + event;
            assertThat(event.type()).as(which).isEqualTo("conversation.changed");
            assertThat(ids).as(which).contains(event.conversation());
            assertThat(event.id()).as(which).isEqualTo(event.conversation() + ":" + event.version());
            long before = reported.getOrDefault(event.conversation(), 0L);
            if (before > 0 && !(losesCursors && event.previousVersion() == 0)) {
                assertThat(event.previousVersion()).as(which).isEqualTo(event.version() - 1);
            }
            if (seen.add(event.id())) {
                assertThat(event.version()).as(which).isGreaterThan(before);
                assertThat(event.previousVersion()).as("%s: no version is left out", which)
                        .isLessThanOrEqualTo(before);
                reported.put(event.conversation(), event.version());
            } else {
                assertThat(event.version()).as(which).isLessThanOrEqualTo(before);
                repeated++;
            }
        }
        assertThat(reported.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(reported.values()).as(context).containsOnly((long) versions);
        return seen.size() + " different events, " + repeated + " repeated";
    }
}
