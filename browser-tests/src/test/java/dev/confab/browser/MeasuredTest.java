package dev.confab.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast the pages are on files; {@code -Pbrowser,campaign} runs it. It expects nothing of a machine. */
@Tag("campaign")
class MeasuredTest {
    private static final int ROUNDS = 19;
    private static final int WORDS = 40;

    @Test
    void pages_of_long_conversations(@TempDir Path directory) {
        try (Chromium chromium = Chromium.start();
                Confab confab = new Confab(directory.resolve("confab.log"),
                        List.of("--confab.file.directory=" + directory.resolve("data")))) {
            confab.start();
            String tenThousand = fill(confab, 10_000);
            String hundredThousand = fill(confab, 100_000);
            try (var person = new Person(chromium.browser(), confab.url(), 1280, 800, ColorScheme.LIGHT)) {
                person.context().addInitScript("""
                        const look = () => requestAnimationFrame(() => {
                            const there = document.readyState !== 'loading' && document.querySelector('#messages > li');
                            if (there) { setTimeout(() => { window.opened = performance.now(); }); } else { look(); }
                        });
                        look();""");
                print("first page, time of the server (ms)", () -> server(confab, "/chat"));
                print("page of 10,000 messages, time of the server (ms)", () -> server(confab, "/chat/" + tenThousand));
                System.out.println("first page, bytes transferred: " + transferred(chromium, confab));
                Page page = person.open("/chat");
                print("10,000 messages, until the last one is shown (ms)",
                        () -> opened(page, confab.url() + "/chat/" + tenThousand));
                print("100,000 messages, until the last one is shown (ms)",
                        () -> opened(page, confab.url() + "/chat/" + hundredThousand));
                page.navigate(confab.url() + "/chat");
                int[] words = {0};
                print("search among 110,000 messages, from the last letter to the hits (ms)",
                        () -> searched(page, "w" + (++words[0] + 40)));
                print("scrolling up through 100 screens of 100,000 messages, frames with blank space (of 100)",
                        () -> blank(person, hundredThousand));
                streamed(confab, person);
            }
        }
    }

    private interface Sample {
        double take();
    }

    private static void print(String what, Sample sample) {
        double first = sample.take();
        double[] all = IntStream.range(0, ROUNDS).mapToDouble(_ -> sample.take()).sorted().toArray();
        System.out.printf("%s: median %.0f (%.0f .. %.0f), the first time %.0f%n", what, all[ROUNDS / 2], all[0],
                all[ROUNDS - 1], first);
    }

    private static double server(Confab confab, String path) {
        long start = System.nanoTime();
        confab.call("GET", path, "", "");
        return (System.nanoTime() - start) / 1e6;
    }

    /** By a browser that has nothing of it yet. */
    private static long transferred(Chromium chromium, Confab confab) {
        var bytes = new AtomicLong();
        try (var newcomer = new Person(chromium.browser(), confab.url(), 1280, 800, ColorScheme.LIGHT)) {
            newcomer.context().onRequestFinished(request -> bytes.addAndGet(
                    request.sizes().responseBodySize + request.sizes().responseHeadersSize));
            newcomer.open("/chat").waitForLoadState();
        }
        return bytes.get();
    }

    /** From the navigation in a tab to the frame after the one in which all messages of the page are in the document. */
    private static double opened(Page page, String address) {
        page.navigate(address);
        page.locator("#messages > li").last().waitFor();
        return ((Number) page.evaluate("new Promise((done) => { const look = () => window.opened ? done(window.opened) "
                + ": setTimeout(look, 10); look(); })")).doubleValue();
    }

    /** Scrolls up by a screen a tenth of a second, as a person who looks for something, and looks at the middle of each screen. */
    private static double blank(Person person, String id) {
        Page page = person.open("/chat/" + id);
        page.locator("#messages > li").last().waitFor();
        double blank = ((Number) page.evaluate("""
                async () => {
                    const pane = document.getElementById('log');
                    let blank = 0;
                    for (let screen = 0; screen < 100; screen++) {
                        pane.scrollBy(0, -pane.clientHeight);
                        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
                        const box = pane.getBoundingClientRect();
                        const there = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                        blank += there.some((element) => element.id === 'messages') ? 0 : 1;
                        await new Promise((next) => setTimeout(next, 100));
                    }
                    return blank;
                }""")).doubleValue();
        page.close();
        return blank;
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

    /** A program reads the same turn by the API; both clocks are the machine's. */
    private static void streamed(Confab confab, Person person) {
        String conversation = confab.conversation("A slow answer");
        String session = UUID.randomUUID().toString();
        String turn = UUID.randomUUID().toString();
        confab.call("POST", "/api/v1/sessions",
                "{\"id\":\"" + session + "\",\"conversationId\":\"" + conversation + "\"}", "");
        Page page = person.open("/chat/" + conversation);
        page.locator("#composer-text").waitFor();
        page.evaluate(
                """
                        () => {
                            window.shown = [];
                            new MutationObserver(() => {
                                const words = document.getElementById('answer').innerText.match(/word\\d+/g) ?? [];
                                const now = performance.timeOrigin + performance.now();
                                for (const word of words) { window.shown[Number(word.slice(4))] ??= now; }
                            }).observe(document.getElementById('answer'), { childList: true, subtree: true, characterData: true });
                        }""");
        String words = IntStream.range(0, WORDS).mapToObj(n -> "word" + n + ".").collect(Collectors.joining(" "));
        confab.call("POST", "/api/v1/sessions/" + session + "/turns",
                "{\"id\":\"" + turn + "\",\"text\":\"/slow 100 " + words + "\"}", "");
        Map<Integer, Double> told = confab.deltas(turn, Pattern.compile("word(\\d+)"));
        page.locator("#messages .assistant").waitFor();
        var late = IntStream.range(0, WORDS).mapToDouble(n -> ((Number) page.evaluate("n => window.shown[n]", n))
                .doubleValue() - told.get(n)).sorted().toArray();
        page.close();
        System.out.printf("a streamed word, on the screen after a program had it (ms): median %.0f (%.0f .. %.0f)%n",
                late[WORDS / 2], late[0], late[WORDS - 1]);
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
