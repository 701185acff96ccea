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
    String ARCHIVE = "**/chat/list?view=archived*";

    @Test
    default void a_list_that_a_person_chose_is_not_replaced_by_a_refresh_that_was_asked_for_meanwhile() {
        Page page = person().begin("/echo stays in the list");
        Route choice = chooseArchiveAndHold(page);

        page.evaluate("() => document.dispatchEvent(new Event('sse:list'))");
        // The choice, and the refresh that was put off until then.
        afterLists(page, "archived", 2, choice::resume);

        assertThat(page.locator("#list")).hasAttribute("data-kind", "archived");
        assertThat(page.locator("#list")).not().containsText("stays in the list");
    }

    @Test
    default void a_list_that_comes_late_does_not_replace_the_one_that_was_chosen_after_it() {
        Page page = person().begin("/echo chosen last");
        Route first = chooseArchiveAndHold(page);
        afterLists(page, "live", 1, () -> page.locator(".kinds").getByText("Conversations").click());

        afterLists(page, "archived", 1, first::resume);

        assertThat(page.locator("#list")).hasAttribute("data-kind", "live");
        assertThat(page.locator("#list")).containsText("chosen last");
    }

    private static Route chooseArchiveAndHold(Page page) {
        List<Route> held = new ArrayList<>();
        page.route(ARCHIVE, held::add);
        page.locator(".kinds").getByText("Archive").click();
        page.waitForCondition(() -> !held.isEmpty());
        page.unroute(ARCHIVE);
        return held.getFirst();
    }

    /** Returns when as many lists of a kind have come, each shown or left out. */
    private static void afterLists(Page page, String kind, int count, Runnable action) {
        page.evaluate("([kind, count]) => { window.listsCame = new Promise(done => {"
                + " document.addEventListener('htmx:afterRequest', ({ detail }) => {"
                + " if (detail.pathInfo.finalRequestPath.includes(`list?view=${kind}`) && --count === 0) { done(); } });"
                + " }); }", List.of(kind, count));
        action.run();
        page.evaluate("() => window.listsCame");
    }

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
        page.evaluate("() => new Promise(done => {"
                + " document.addEventListener('confab:updated', done, { once: true });"
                + " document.dispatchEvent(new Event('confab:changed')); })");
    }
}
