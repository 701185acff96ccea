package dev.confab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The machine's Chromium, without a window. {@code -Dbrowser.path=} names another one; with {@code -Dbrowser.required=true} it must be there. */
final class Chromium implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
                .setHeadless(true).setArgs(ARGUMENTS));
    }

    /** Skips the test if there is none. */
    static Chromium start() {
        Optional<Path> found = Optional.ofNullable(System.getProperty("browser.path")).map(Path::of)
                .or(() -> List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
                        .map(Path::of).filter(Files::isExecutable).findFirst());
        if (found.isEmpty() && Boolean.getBoolean("browser.required")) {
            throw new IllegalStateException("There is no Chromium: install it, or name it with -Dbrowser.path=");
        }
        Assumptions.assumeTrue(found.isPresent(),
                "There is no Chromium, so the pages are not tested: install it, or name it with -Dbrowser.path=");
        return new Chromium(found.orElseThrow());
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
