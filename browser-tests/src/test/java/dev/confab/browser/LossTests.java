package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.act;
import static dev.confab.browser.Person.menu;
import static dev.confab.browser.Person.messages;
import static dev.confab.browser.Person.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers that are lost, servers that are killed, changes elsewhere: nothing that was typed is lost or stored twice. */
interface LossTests extends PageFixture {

    @Test
    default void what_was_typed_survives_a_reload_and_is_stored_once_after_a_lost_answer() {
        Page page = person().begin("/echo begin");
        page.fill("#composer-text", "half a thought");
        page.reload();
        assertThat(page.locator("#composer-text")).hasValue("half a thought");

        // The service stores it, but the answer gets lost.
        page.route("**/turns", route -> {
            route.fetch();
            route.abort();
        });
        page.press("#composer-text", "Enter");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        page.unroute("**/turns");
        page.reload();
        assertThat(page.locator("#composer-text")).hasValue("half a thought");
        page.press("#composer-text", "Enter");

        assertThat(page.locator("#composer-text")).hasValue("");
        assertThat(page.locator("#messages .message.user", new Page.LocatorOptions().setHasText("half a thought")))
                .hasCount(1);
        assertThat(person().faults()).allMatch(fault -> fault.contains("ERR_FAILED") || fault.contains("sendError"));
    }

    @Test
    default void a_title_labels_and_instructions_that_are_not_saved_yet_survive_a_reload() {
        Page page = person().begin("/echo named");
        page.click("#head .title");
        page.fill("#title-text", "Half a title");
        page.reload();
        menu(page, "Labels…");
        page.fill("#labels-text", "half, a label");
        page.reload();
        menu(page, "Assistant…");
        page.fill("#instructions-text", "Be half as long");
        page.reload();

        page.click("#head .title");
        assertThat(page.locator("#title-text")).hasValue("Half a title");
        assertThat(page.locator("#head .state")).hasText("Not saved yet");
        page.locator("#head form").getByText("Cancel").click();
        page.click("#head .title");
        assertThat(page.locator("#title-text")).hasValue("/echo named");
        page.keyboard().press("Escape");
        menu(page, "Labels…");
        assertThat(page.locator("#labels-text")).hasValue("half, a label");
        page.locator("#panel button[type=submit]").click();
        assertThat(page.locator("#head .label")).hasText(new String[]{"a label", "half"});
        menu(page, "Assistant…");
        assertThat(page.locator("#instructions-text")).hasValue("Be half as long");
    }

    @Test
    default void a_text_that_was_changed_after_a_lost_answer_is_sent_as_another_message() {
        Page page = person().begin("/echo begin");
        page.route("**/turns", route -> {
            route.fetch();
            route.abort();
        });
        send(page, "/echo first version");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        page.unroute("**/turns");
        assertThat(messages(page)).hasCount(4);

        send(page, "/echo second version");
        assertThat(page.locator("#composer .state")).containsText("An earlier version of this text is stored already.");
        page.press("#composer-text", "Enter");

        assertThat(messages(page)).hasCount(6);
        assertThat(person().faults()).allMatch(fault -> fault.contains("ERR_FAILED") || fault.contains("sendError")
                || fault.contains("409"));
    }

    @Test
    default void a_server_that_is_killed_while_it_answers_leaves_the_page_with_what_is_stored() {
        Page page = person().beginOnly(SLOW_ANSWER);
        assertThat(page.locator("#answer")).containsText("word word");
        page.fill("#composer-text", "meanwhile");

        confab().kill();
        assertThat(page.locator("#notices")).containsText("The connection is lost.");
        page.press("#composer-text", "Enter");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        confab().start();

        assertThat(page.locator("#notices")).containsText("Connected again.");
        // Another store's instance finds the turn abandoned once its lease is over.
        assertThat(page.locator("#turns[data-open]")).hasCount(0, new HasCountOptions().setTimeout(120_000));
        assertThat(messages(page).first()).containsText("/slow");
        assertThat(page.locator(".failure")).containsText("The answer failed");
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
        page.press("#composer-text", "Enter");
        assertThat(page.locator("#messages .user", new Page.LocatorOptions().setHasText("meanwhile"))).hasCount(1);
        assertThat(person().faults()).allMatch(fault -> fault.contains("ERR_") || fault.contains("sseError")
                || fault.contains("sendError") || fault.contains("[object Event]"));
    }

    @Test
    default void a_network_that_is_cut_loses_nothing() {
        Page page = person().begin("/echo connected");
        String id = page.url().replaceFirst(".*/chat/", "");
        person().context().setOffline(true);
        assertThat(page.locator("#notices")).containsText("offline");
        send(page, "written offline");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        confab().call("POST", "/api/v1/conversations/" + id + "/messages",
                "{\"role\":\"user\",\"text\":\"from elsewhere\"}", token());

        person().context().setOffline(false);
        assertThat(page.locator("#messages")).containsText("from elsewhere");
        page.press("#composer-text", "Enter");

        assertThat(page.locator("#messages .user", new Page.LocatorOptions().setHasText("written offline")))
                .hasCount(1);
        assertThat(person().faults()).allMatch(fault -> fault.contains("ERR_") || fault.contains("sseError")
                || fault.contains("sendError") || fault.contains("[object Event]"));
    }

    @Test
    @Tag("campaign")
    default void a_network_that_is_cut_for_30_seconds_while_an_answer_streams_leaves_the_page_with_what_is_stored() {
        Page page = person().beginOnly("/slow 200 " + "word ".repeat(100).strip());
        assertThat(page.locator("#answer")).containsText("word word");
        person().context().setOffline(true);
        assertThat(page.locator("#notices")).containsText("offline");
        page.waitForTimeout(30_000);
        person().context().setOffline(false);

        assertThat(page.locator("#notices")).containsText("Connected again.");
        assertThat(page.locator("#turns[data-open]")).hasCount(0);
        assertThat(messages(page)).hasCount(2);
        assertThat(messages(page).last().locator(".text")).hasText("word ".repeat(100).strip());
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
        assertThat(person().faults()).allMatch(fault -> fault.contains("ERR_") || fault.contains("sseError")
                || fault.contains("sendError") || fault.contains("[object Event]"));
    }

    @Test
    default void two_tabs_stay_in_step_and_say_when_a_message_was_changed_elsewhere() {
        Page one = person().begin("/echo shared");
        Page two = person().open(one.url().substring(confab().url().length()));
        one.bringToFront();
        act(messages(two).first(), "Edit");
        act(messages(one).first(), "Edit");
        one.fill(".edit textarea", "from the first tab");
        one.locator(".edit").getByText("Save").click();
        assertThat(messages(one).first()).containsText("from the first tab");

        assertThat(two.locator("#notices")).containsText("was changed elsewhere");
        two.fill(".edit textarea", "from the second tab");
        two.locator(".edit").getByText("Save").click();
        assertThat(two.locator(".edit .state")).hasText("Not saved");
        assertThat(two.locator(".edit textarea")).hasValue("from the second tab");

        send(one, "/echo more");
        assertThat(messages(one)).hasCount(4);
        assertThat(messages(two)).hasCount(4);
        assertThat(person().faults()).allMatch(fault -> fault.contains("412"));
    }

    @Test
    default void a_conversation_that_is_not_there_is_explained() {
        Page page = person().open("/chat/00000000-0000-4000-8000-000000000000");
        assertThat(page.locator("h1")).isVisible();
        page.getByText("All conversations").click();
        assertThat(page).hasURL(Pattern.compile(".*/chat"));
        assertThat(person().faults()).allMatch(fault -> fault.contains("404"));
    }
}
