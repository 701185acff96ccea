package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts turns that speak slowly, each in a session and a conversation of its own, which is removed when the turn has ended. */
public record SlowTurns(Api api) implements Attack {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration END = Duration.ofMinutes(3);
    private static final String WORDS = "one two three four five six seven eight nine ten";

    @Override
    public void once(Report report) throws IOException {
        Api.Answer session = api.send("POST", "/sessions", Optional.of(JSON.createObjectNode()));
        report.answered("session of a slow turn", Repeated.label(session));
        if (session.status() == 503) {
            return;
        }
        assertThat(session.status()).as("%s", session).isEqualTo(201);
        String conversation = session.body().get("conversationId").asString();
        String prompt = "/slow 100 " + WORDS;
        Api.Answer start = api.send("POST", "/sessions/" + session.body().get("id").asString() + "/turns",
                Optional.of(JSON.createObjectNode().put("text", prompt)));
        report.answered("start of a slow turn", Repeated.label(start));
        List<String> expected = List.of();
        if (start.status() == 202) {
            String end = awaitEnd(start.body().get("id").asString());
            report.answered("end of a slow turn", end);
            expected = end.equals("completed") ? List.of(prompt, WORDS) : List.of(prompt);
        } else {
            assertThat(start.status()).as("%s", start).isEqualTo(503);
        }
        if (!Repeated.label(start).endsWith("outcome-unknown")) {
            Api.Answer page = Repeated.get(api, "/conversations/" + conversation + "/messages");
            assertThat(Api.stored(page.body().get("items"))).extracting(Api.Stored::text).as("%s", start)
                    .startsWith(expected.toArray(String[]::new))
                    .hasSizeBetween(expected.size(), expected.isEmpty() ? 0 : 2);
        }
        Repeated.remove(api, "/conversations/" + conversation);
    }

    /** On a disk that stands still for as long as the lease is, the turn fails. */
    private String awaitEnd(String turn) {
        JsonNode ended = await().atMost(END).pollInterval(Duration.ofMillis(500)).until(
                () -> Repeated.get(api, "/turns/" + turn).body(),
                found -> !found.path("finishedAt").isNull());
        String state = ended.path("state").asString();
        assertThat(state.equals("completed")
                || ended.path("failure").path("code").asString().equals("lease-expired")).as("%s", ended).isTrue();
        return state.equals("completed")
                ? state
                : state + " " + ended.path("failure").path("code").asString();
    }
}
