package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.HttpApi;
import dev.confab.benchmarks.harness.Load;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Target;
import dev.confab.domain.conversation.MessageDraft;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Requests to a running server over many kept-alive connections: appends, reads and both mixed, compared with an endpoint of the same server that
 * does nothing. Each connection has its own conversation.
 */
final class HttpLoad {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final String NOTHING = "nothing (GET /api/v1/info)";
    private static final String APPEND = "append";
    private static final String READ = "read the last 20";
    private static final String MIXED = "append and read in turn";
    private static final String CONVERSATIONS = "/api/v1/conversations";

    private final Drafts drafts = Drafts.fromNowOn();
    private final HttpApi api;
    private final List<String> conversations = new ArrayList<>();
    private final Map<String, Load> loads = new LinkedHashMap<>();

    private HttpLoad(String url) {
        api = new HttpApi(url);
    }

    static void run(String url, int connections, int rounds) throws IOException, InterruptedException {
        var load = new HttpLoad(url);
        for (int i = 0; i < connections; i++) {
            String started = load.api.send(load.api.post(CONVERSATIONS, "{\"title\":\"load " + i + "\"}"));
            load.conversations.add(HttpApi.field(started, "id"));
        }
        load.compare(rounds);
    }

    private interface Kind {
        HttpRequest request(String conversation, SplittableRandom random);
    }

    private void compare(int rounds) throws IOException, InterruptedException {
        Rounds.run("requests a second", 2, rounds, List.of(
                contender(NOTHING, (_, _) -> api.get("/api/v1/info")),
                contender(APPEND, this::append),
                contender(READ, (conversation, _) -> read(conversation)),
                contender(MIXED, (conversation, random) -> random.nextBoolean()
                        ? append(conversation, random)
                        : read(conversation))))
                .print(conversations.size() + " connections, no pause between requests", Stream.of(APPEND, READ, MIXED)
                        .map(kind -> new Target(kind, NOTHING, new Target.ForInformation())).toList());
        System.out.printf("%n  latency in microseconds, warm-up included%n");
        loads.forEach(HttpLoad::printLatency);
    }

    private Contender contender(String name, Kind kind) {
        var load = new Load(conversations.size(), ROUND, (connection, random) -> {
            HttpRequest request = kind.request(conversations.get(connection), random);
            return () -> api.send(request);
        });
        loads.put(name, load);
        return new Contender(name, load::round);
    }

    private HttpRequest append(String conversation, SplittableRandom random) {
        MessageDraft draft = drafts.draft(random, 30);
        return api.post(CONVERSATIONS + "/" + conversation + "/messages",
                "{\"id\":\"" + draft.id().value() + "\",\"role\":\"user\",\"text\":\"" + draft.text() + "\"}");
    }

    private HttpRequest read(String conversation) {
        return api.get(CONVERSATIONS + "/" + conversation + "/messages?limit=20&order=desc");
    }

    private static void printLatency(String name, Load load) {
        Figures micros = load.micros();
        System.out.printf(Locale.ROOT,
                "  %-28s p50 %8.0f   p90 %8.0f   p99 %8.0f   p99.9 %8.0f   max %8.0f   of %d%n", name,
                micros.percentile(50), micros.percentile(90), micros.percentile(99), micros.percentile(99.9),
                micros.max(), load.operations());
    }
}
