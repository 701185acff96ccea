package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.messages;
import static dev.confab.browser.Person.send;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes that arrive while a person is about to do something: what he does goes before them. */
interface RaceTests extends PageFixture {
    @Test
    default void parts_that_have_not_changed_are_not_replaced_under_a_click() {
        Page page = person().begin("/echo the head stays");
        updated(page);
        page.locator("#head").evaluate("head => { head.dataset.seen = 'before'; }");

        updated(page);

        assertThat(page.locator("#head")).hasAttribute("data-seen", "before");
        page.click("#head .title");
        page.fill("#title-text", "Another head");
        page.press("#title-text", "Enter");
        assertThat(page.locator("#head .title")).hasText("Another head");
        assertThat(page.locator("#head[data-seen]")).hasCount(0);
    }

    @Test
    default void what_is_typed_while_a_message_is_being_sent_stays() {
        Page page = person().begin("/echo begin");
        List<Route> held = new ArrayList<>();
        page.route("**/turns", held::add);
        send(page, "/echo sent first");
        page.waitForCondition(() -> !held.isEmpty());
        page.locator("#composer-text").pressSequentially(" and then more");
        held.getFirst().resume();

        assertThat(messages(page)).hasCount(4);
        assertThat(messages(page).nth(2).locator(".text")).hasText("/echo sent first");
        assertThat(page.locator("#composer-text")).hasValue("and then more");
        page.unroute("**/turns");
        page.reload();
        assertThat(page.locator("#composer-text")).hasValue("and then more");
        page.press("#composer-text", "Enter");
        assertThat(messages(page).nth(4).locator(".text")).hasText("and then more");
    }

    /** The page has asked what is new, and has put it in. */
    private static void updated(Page page) {
        page.evaluate("() => new Promise((done, failed) => {"
                + " setTimeout(() => failed(new Error('no update in a minute')), 60000);"
                + " document.addEventListener('confab:updated', done, { once: true });"
                + " document.dispatchEvent(new Event('confab:changed')); })");
    }
}
