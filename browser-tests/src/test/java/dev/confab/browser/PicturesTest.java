package dev.confab.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the README, into {@code target/pictures}. */
class PicturesTest {
    @Test
    void pictures_of_a_conversation_in_light_and_dark_wide_and_narrow(@TempDir Path directory) {
        try (Chromium chromium = Chromium.start();
                Confab confab = new Confab(directory.resolve("confab.log"),
                        List.of("--confab.file.directory=" + directory.resolve("data")))) {
            confab.start();
            String id = fill(confab);
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(1280, 390)) {
                    try (var person = new Person(chromium.browser(), confab.url(), width, width == 390 ? 780 : 800,
                            colours)) {
                        Page page = person.open("/chat/" + id);
                        page.locator("#messages .hljs-keyword").first().waitFor();
                        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures",
                                "conversation-" + width + "-" + (colours == ColorScheme.LIGHT ? "light" : "dark")
                                        + ".png")));
                    }
                }
            }
        }
    }

    private static String fill(Confab confab) {
        begin(confab, "Reading list for the winter", "");
        begin(confab, "Ideas for the garden", ",\"labels\":[\"home\"]");
        begin(confab, "What the invoice of March says", "");
        begin(confab, "Names for the cat", "");
        String id = begin(confab, "A trip to the sea", ",\"pinned\":true,\"labels\":[\"travel\"]");
        append(confab, id, "user", "Three days, by train, not too many people. Where should we go?");
        append(confab, id, "assistant", """
                **Rügen** fits best: four hours by train, and in October the beaches are nearly empty.

                | day | plan |
                |---|---|
                | Friday | arrive in Sassnitz, walk to the harbour |
                | Saturday | the chalk cliffs, 11 km, tea at the lighthouse |
                | Sunday | Putbus, and the narrow-gauge railway back |
                """);
        append(confab, id, "user", "Can you turn the plan into a small program that counts the days?");
        append(confab, id, "assistant",
                """
                        ```java
                        record Day(String name, String plan) {}

                        var trip = List.of(new Day("Friday", "harbour"), new Day("Saturday", "cliffs"), new Day("Sunday", "railway"));
                        System.out.println(trip.size() + " days");
                        ```
                        """);
        return id;
    }

    private static String begin(Confab confab, String title, String filing) {
        String id = confab.conversation(title);
        if (!filing.isEmpty()) {
            confab.call("PATCH", "/api/v1/conversations/" + id, "{" + filing.substring(1) + "}", "");
        }
        return id;
    }

    private static void append(Confab confab, String id, String role, String text) {
        confab.call("POST", "/api/v1/conversations/" + id + "/messages", "{\"role\":\"" + role + "\",\"text\":\""
                + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"}", "");
    }
}
