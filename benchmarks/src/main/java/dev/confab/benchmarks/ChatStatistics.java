package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.HttpApi;
import dev.confab.benchmarks.harness.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** How long the statistics of a long chat take on a running server: of a period that was not counted before, and of the same again. */
final class ChatStatistics {
    private static final int BATCH = 1_000;
    private static final double TARGET_COUNTED_MILLIS = 3_000;
    private static final double TARGET_KEPT_MILLIS = 300;

    private ChatStatistics() {
    }

    static void run(String url, int messages, int calls) throws IOException, InterruptedException {
        var api = new HttpApi(url);
        String path = "/api/v1/conversations/" + chat(api, messages) + "/statistics?zone=Europe/Berlin";
        // No message is older, so each period has all of them and yet was not asked for before.
        String[] periods = new String[calls];
        for (int i = 0; i < calls; i++) {
            periods[i] = path + String.format(Locale.ROOT, "&from=19%02d-01-01", i);
        }
        Figures counted = each(api, periods);
        Figures kept = each(api, periods);
        System.out.printf(Locale.ROOT, """

                statistics of %,d messages, milliseconds, median (quartiles)
                  counted  %s  at most %.0f  target <= %.0f: %s
                  kept     %s  at most %.0f  target <= %.0f: %s
                """, messages, counted.summary("%.0f"), counted.max(), TARGET_COUNTED_MILLIS,
                counted.median() <= TARGET_COUNTED_MILLIS ? "met" : "MISSED", kept.summary("%.1f"), kept.max(),
                TARGET_KEPT_MILLIS, kept.median() <= TARGET_KEPT_MILLIS ? "met" : "MISSED");
    }

    private static Figures each(HttpApi api, String[] paths) throws IOException, InterruptedException {
        double[] millis = new double[paths.length];
        for (int i = 0; i < paths.length; i++) {
            long start = System.nanoTime();
            api.send(api.get(paths[i]));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return new Figures(millis);
    }

    /** Of five people who write for three years, ten words at a time. */
    private static String chat(HttpApi api, int messages) throws IOException, InterruptedException {
        String id = HttpApi.field(api.send(api.post("/api/v1/conversations", "{\"title\":\"Statistics\"}")), "id");
        var random = new SplittableRandom(1);
        Instant at = Instant.parse("2023-01-01T00:00:00.001Z");
        for (int written = 0; written < messages; written += BATCH) {
            var batch = new StringBuilder("{\"messages\":[");
            for (int i = 0; i < BATCH; i++) {
                at = at.plusSeconds(random.nextInt(1, 1_500));
                batch.append(i == 0 ? "" : ",").append("{\"role\":\"user\",\"author\":\"Person ")
                        .append(random.nextInt(5))
                        .append("\",\"createdAt\":\"").append(at).append("\",\"text\":\"")
                        .append(Texts.text(random, random.nextInt(1, 20))).append(i % 10 == 0 ? " 🌊" : "")
                        .append("\"}");
            }
            api.send(api.post("/api/v1/conversations/" + id + "/messages/batch", batch.append("]}").toString()));
        }
        return id;
    }
}
