package dev.confab.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast the pages are on files; {@code -Pbrowser,campaign} runs it. It expects nothing of a machine. */
@Tag("campaign")
class MeasuredTest {
    private static final int ROUNDS = 9;

    @Test
    void pages_of_long_conversations(@TempDir Path directory) {
        try (Chromium chromium = Chromium.start();
                Confab confab = new Confab(directory.resolve("confab.log"),
                        List.of("--confab.file.directory=" + directory.resolve("data")))) {
            confab.start();
            String tenThousand = fill(confab, 10_000);
            String hundredThousand = fill(confab, 100_000);
            try (var person = new Person(chromium.browser(), confab.url(), 1280, 800, ColorScheme.LIGHT)) {
                print("first page, time of the server (ms)", () -> server(confab, "/chat"));
                print("page of 10,000 messages, time of the server (ms)", () -> server(confab, "/chat/" + tenThousand));
                System.out.println("first page, bytes transferred: " + transferred(person));
                print("10,000 messages, until the last one is shown (ms)", () -> opened(person, tenThousand));
                print("100,000 messages, until the last one is shown (ms)", () -> opened(person, hundredThousand));
                Page page = person.open("/chat");
                int[] words = {0};
                print("search among 110,000 messages, from the last letter to the hits (ms)",
                        () -> searched(page, "w" + (++words[0] + 40)));
                print("a streamed word, from the service to the screen: see the turn's own pace of 50 ms (ms a word)",
                        () -> streamed(person));
            }
        }
    }

    private interface Sample {
        double take();
    }

    private static void print(String what, Sample sample) {
        double[] all = IntStream.range(0, ROUNDS).mapToDouble(_ -> sample.take()).sorted().toArray();
        System.out.printf("%s: median %.0f (%.0f .. %.0f)%n", what, all[ROUNDS / 2], all[0], all[ROUNDS - 1]);
    }

    private static double server(Confab confab, String path) {
        long start = System.nanoTime();
        confab.call("GET", path, "", "");
        return (System.nanoTime() - start) / 1e6;
    }

    private static long transferred(Person person) {
        var bytes = new AtomicLong();
        Page page = person.open("/chat");
        page.onRequestFinished(request -> bytes.addAndGet(request.sizes().responseBodySize
                + request.sizes().responseHeadersSize));
        page.reload();
        page.waitForLoadState();
        page.close();
        return bytes.get();
    }

    private static double opened(Person person, String id) {
        Page page = person.open("/chat/" + id);
        page.locator("#messages > li").last().waitFor();
        double time = ((Number) page.evaluate("performance.getEntriesByType('paint')[0].startTime")).doubleValue();
        page.close();
        return time;
    }

    private static double searched(Page page, String word) {
        page.fill("#q", "");
        page.locator("#list .kinds").waitFor();
        page.evaluate(
                "() => { const q = document.getElementById('q'); q.addEventListener('input', () => { window.typed = performance.now(); }); "
                        + "new MutationObserver(() => { if (document.querySelector('#list mark')) window.shown ??= performance.now(); })"
                        + ".observe(document.body, { childList: true, subtree: true }); window.shown = undefined; }");
        page.locator("#q").pressSequentially(word);
        page.locator("#list mark").first().waitFor();
        return ((Number) page.evaluate("window.shown - window.typed")).doubleValue();
    }

    private static double streamed(Person person) {
        Page page = person.beginOnly("/slow 50 " + "word ".repeat(40).strip());
        long start = System.nanoTime();
        page.locator("#messages > li").nth(1).waitFor();
        double time = (System.nanoTime() - start) / 1e6 / 40;
        page.close();
        return time;
    }

    private static String fill(Confab confab, int messages) {
        String id = confab.conversation(messages + " messages");
        for (int from = 0; from < messages; from += 1_000) {
            confab.call("POST", "/api/v1/conversations/" + id + "/messages/batch", IntStream.range(from, from + 1_000)
                    .mapToObj(n -> "{\"role\":\"user\",\"text\":\"message " + n + " w" + n % 1_000
                            + " says something of the usual length, which is about a line and a half in a chat\"}")
                    .collect(Collectors.joining(",", "{\"messages\":[", "]}")), "");
        }
        return id;
    }
}
