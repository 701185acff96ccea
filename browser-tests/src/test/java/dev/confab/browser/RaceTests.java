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
    String BIN = "**/chat/list?view=bin*";

    @Test
    default void a_list_that_a_person_chose_is_not_replaced_by_a_refresh_that_was_asked_for_meanwhile() {
        Page page = person().begin("/echo stays in the list");
        Route choice = chooseAndHold(page, "Archive", ARCHIVE);

        page.evaluate("() => document.dispatchEvent(new Event('sse:list'))");
        // The choice, and then the refresh that was put off until it came.
        page.waitForResponse(ARCHIVE, () -> page.waitForResponse(ARCHIVE, choice::resume));

        assertThat(page.locator("#list")).hasAttribute("data-kind", "archived");
        assertThat(page.locator("#list")).not().containsText("stays in the list");
    }

    @Test
    default void the_list_that_was_chosen_last_is_shown_also_when_the_others_come_first_or_later() {
        Page page = person().begin("/echo chosen last");
        Route first = chooseAndHold(page, "Archive", ARCHIVE);
        Route second = chooseAndHold(page, "Bin", BIN);
        page.waitForResponse(ARCHIVE, first::resume);
        page.waitForResponse(BIN, second::resume);
        assertThat(page.locator("#list")).hasAttribute("data-kind", "bin");

        Route late = chooseAndHold(page, "Archive", ARCHIVE);
        page.locator(".kinds").getByText("Conversations").click();
        assertThat(page.locator("#list")).containsText("chosen last");
        page.waitForResponse(ARCHIVE, late::resume);
        page.evaluate("() => document.dispatchEvent(new Event('sse:list'))");
        assertThat(page.locator("#list")).hasAttribute("data-kind", "live");
    }

    @Test
    default void the_list_follows_the_store_after_a_choice_whose_button_is_gone() {
        Page page = person().begin("/echo before");
        Route late = chooseAndHold(page, "Archive", ARCHIVE);
        page.locator(".kinds").getByText("Conversations").click();
        assertThat(page.locator("#list")).containsText("before");
        page.waitForResponse(ARCHIVE, late::resume);

        confab().call("POST", "/api/v1/conversations", "{\"title\":\"From another program\"}", token());

        assertThat(page.locator("#list")).containsText("From another program");
    }

    private static Route chooseAndHold(Page page, String kind, String address) {
        List<Route> held = new ArrayList<>();
        page.route(address, route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        page.locator(".kinds").getByText(kind).click();
        // The route stays: without any, the browser would let the request pass.
        page.waitForCondition(() -> !held.isEmpty());
        return held.getFirst();
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
        page.evaluate("() => new Promise((done, failed) => {"
                + " setTimeout(() => failed(new Error('no update in a minute')), 60000);"
                + " document.addEventListener('confab:updated', done, { once: true });"
                + " document.dispatchEvent(new Event('confab:changed')); })");
    }
}
