package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.act;
import static dev.confab.browser.Person.menu;
import static dev.confab.browser.Person.messages;
import static dev.confab.browser.Person.send;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An answer while it is written: shown, stopped, waited for, failed, and with tools. */
interface AnswerTests extends PageFixture {

    @Test
    default void an_answer_is_shown_while_it_is_written_and_can_be_stopped() {
        Page page = person().beginOnly(SLOW_ANSWER);
        assertThat(page.locator("#answer")).containsText("word word");

        page.click("#stop");

        assertThat(messages(page)).hasCount(2);
        assertThat(messages(page).last()).containsText("Stopped before it was complete.");
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
        assertThat(page.locator("#stop")).isHidden();
    }

    @Test
    default void a_reload_in_the_middle_of_an_answer_shows_each_word_once() {
        Page page = person().beginOnly("/slow 100 " + String.join(" ", numbers(60)));
        assertThat(page.locator("#answer")).containsText("5");

        page.reload();

        assertThat(messages(page)).hasCount(2);
        assertThat(messages(page).last().locator(".text")).hasText(String.join(" ", numbers(60)));
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
    }

    private static List<String> numbers(int to) {
        return IntStream.rangeClosed(1, to).mapToObj(Integer::toString).toList();
    }

    @Test
    default void a_message_waits_in_line_or_interrupts_while_an_answer_is_written() {
        Page page = person().beginOnly(SLOW_ANSWER);
        assertThat(page.locator("#answer")).containsText("word");
        send(page, "/echo later");
        assertThat(page.locator("#waiting")).containsText("/echo later");
        page.locator("#waiting").getByText("Cancel").click();
        assertThat(page.locator("#waiting .queue")).hasCount(0);

        page.selectOption("select[name=ifBusy]", "interrupt");
        send(page, "/echo now");

        assertThat(messages(page)).hasCount(4);
        assertThat(messages(page).nth(1)).containsText("Stopped before it was complete.");
        assertThat(messages(page).last().locator(".text")).hasText("now");
    }

    @Test
    default void an_answer_that_failed_says_why_and_can_be_tried_again() {
        Page page = person().beginOnly("/fail no luck");
        assertThat(page.locator(".failure")).containsText("The answer failed");

        page.locator(".failure").getByText("Try again").click();

        assertThat(page.locator(".failure")).containsText("The answer failed");
        assertThat(messages(page).first()).containsText("/fail no luck");
    }

    @Test
    default void the_last_prompt_is_answered_again() {
        Page page = person().begin("/echo once");
        String first = messages(page).last().getAttribute("id");

        act(messages(page).last(), "Answer again");

        assertThat(messages(page).last()).not().hasAttribute("id", first);
        assertThat(messages(page)).hasCount(2);
    }

    @Test
    default void a_tool_call_is_approved_or_refused_and_shows_what_it_returned() {
        Page page = person().begin("/echo sailing");
        send(page, "/search sailing");
        assertThat(page.locator(".call")).containsText("waits for your approval");

        page.locator(".call").getByText("Approve").click();

        assertThat(messages(page)).hasCount(6);
        assertThat(messages(page).nth(4)).containsText("What the tool returned");
        send(page, "/search sailing");
        page.locator(".call").getByText("Refuse").click();
        assertThat(page.locator("#turns .call")).hasCount(0);
        assertThat(messages(page)).hasCount(10);
    }

    @Test
    default void instructions_and_model_of_the_assistant_are_changed() {
        Page page = person().begin("/echo settings");
        menu(page, "Assistant…");
        page.fill("#instructions-text", "Be brief.");
        page.locator("#panel").getByText("Save").click();
        assertThat(page.locator("#panel form")).hasCount(0);

        menu(page, "Assistant…");
        assertThat(page.locator("#instructions-text")).hasValue("Be brief.");
    }
}
