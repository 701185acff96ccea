package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A person at a browser of his own: what he does, and where he sees what. Collects what the browser's console reports as an error. */
final class Person implements AutoCloseable {
    static final Pattern CONVERSATION = Pattern.compile(".*/chat/[0-9a-f-]{36}.*");
    private final String url;
    private final BrowserContext context;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Person(Browser browser, String url, int width, int height, ColorScheme colours) {
        this.url = url;
        this.context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height)
                .setColorScheme(colours).setLocale("en-GB").setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(60_000);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"),
                new BrowserContext.GrantPermissionsOptions().setOrigin(url));
        assertThatTimeout();
    }

    private static void assertThatTimeout() {
        // A loaded machine is slow; a passing assertion does not wait.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    /** A new tab at a path. */
    Page open(String path) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            // htmx reports a request that it gave up, for a newer one or for another page.
            if (message.type().equals("error") && !message.text().matches("htmx:(afterRequest|sendAbort), .*")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
        page.navigate(url + path);
        return page;
    }

    void logIn(String token) {
        Page page = open("/chat");
        page.fill("#token", token);
        page.press("#token", "Enter");
        // The address of the log-in ends like that of the page after it.
        page.locator("#composer-text").waitFor();
        page.close();
    }

    /** A conversation that begins with this text; returns when the answer is there. */
    Page begin(String text) {
        Page page = beginOnly(text);
        assertThat(messages(page)).hasCount(2);
        return page;
    }

    /** The same, without waiting for the answer. */
    Page beginOnly(String text) {
        Page page = open("/chat");
        page.fill("#composer-text", text);
        page.press("#composer-text", "Enter");
        page.waitForURL(CONVERSATION);
        assertThat(messages(page).first()).isVisible();
        return page;
    }

    static void send(Page page, String text) {
        page.fill("#composer-text", text);
        page.press("#composer-text", "Enter");
    }

    static Locator messages(Page page) {
        return page.locator("#messages > li");
    }

    static void menu(Page page, String item) {
        page.click("details.menu summary");
        page.getByRole(AriaRole.MENUITEM,
                new Page.GetByRoleOptions().setName(item).setExact(true)).click();
    }

    static void act(Locator message, String action) {
        message.hover();
        message.getByRole(AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName(action).setExact(true)).click();
    }

    BrowserContext context() {
        return context;
    }

    /** What the console reported since the last call. */
    List<String> faults() {
        var all = List.copyOf(faults);
        faults.clear();
        return all;
    }

    @Override
    public void close() {
        context.close();
    }
}
