package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.act;
import static dev.confab.browser.Person.messages;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages of any content and number. */
interface MessageTests extends PageFixture {

    @Test
    default void a_message_is_edited_copied_and_deleted() {
        Page page = person().begin("/echo original");
        act(messages(page).first(), "Edit");
        page.fill(".edit textarea", "changed");
        page.press(".edit textarea", "Enter");
        assertThat(messages(page).first()).containsText("changed");
        assertThat(messages(page).first()).containsText("edited");

        act(messages(page).first(), "Copy");
        assertThat(page.locator("#notices")).containsText("Copied");
        assertThat((String) page.evaluate("navigator.clipboard.readText()")).isEqualTo("changed");

        page.onDialog(dialog -> dialog.accept());
        act(messages(page).first(), "Delete");
        assertThat(messages(page).first()).containsText("This message was deleted.");
        assertThat(messages(page)).hasCount(2);
    }

    @Test
    default void a_text_that_would_do_something_only_shows() {
        String hostile = """
                <script>window.hurt = 1</script> <img src=x onerror="window.hurt = 2"> [link](javascript:window.hurt=3)
                ![picture](http://localhost:1/tracker.png) <a href="data:text/html,hurt">data</a> \u202Eright to left
                ```
                an unclosed fence <b>""";
        Page page = person().beginOnly(hostile);

        assertThat(messages(page).first().locator("pre code")).containsText("an unclosed fence <b>");
        assertThat(messages(page).first()).containsText("<script>window.hurt = 1</script>");
        assertThat(page.evaluate("window.hurt")).isNull();
        assertThat(messages(page).first().locator("img, script, a[href^=javascript], a[href^=data]")).hasCount(0);
        page.click("#head .title");
        page.fill("#title-text", "<img src=x onerror=window.hurt=4>\u202Edrow");
        page.press("#title-text", "Enter");
        assertThat(page.locator("#head .title")).containsText("<img src=x onerror=window.hurt=4>");
        assertThat(page.evaluate("window.hurt")).isNull();
    }

    @Test
    default void a_line_of_a_mebibyte_shows_its_beginning_and_leads_to_the_rest() {
        Page page = person().begin("/echo short");
        String id = page.url().replaceFirst(".*/chat/", "");
        confab().call("POST", "/api/v1/conversations/" + id + "/messages",
                "{\"role\":\"user\",\"text\":\"" + "x".repeat(1024 * 1024) + "\"}", token());

        assertThat(messages(page)).hasCount(3);
        assertThat(messages(page).last()).containsText("This is the beginning of a long message.");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).isTrue();
    }

    @Test
    default void a_long_conversation_is_read_from_its_end_to_its_beginning() {
        Page page = person().begin("/echo first");
        String id = page.url().replaceFirst(".*/chat/", "");
        for (int batch = 0; batch < 3; batch++) {
            int from = batch * 100;
            String all = IntStream.range(from, from + 100)
                    .mapToObj(n -> "{\"role\":\"user\",\"author\":\"Ann\",\"text\":\"message " + n + "\"}")
                    .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
            assertThat(
                    confab().call("POST", "/api/v1/conversations/" + id + "/messages/batch", all, token()).statusCode())
                    .isEqualTo(201);
        }
        page.reload();
        assertThat(messages(page).last()).containsText("message 299");
        assertThat(messages(page).last().locator(".who")).hasText("Ann");

        for (int i = 0; i < 40 && page.locator("[data-position='1']").count() == 0; i++) {
            String before = page.locator("#messages").getAttribute("data-first");
            page.evaluate("document.getElementById('log').scrollTop = 0");
            assertThat(page.locator("#messages")).not().hasAttribute("data-first", before);
        }
        assertThat(messages(page).first()).containsText("/echo first");
        page.click("#latest");
        assertThat(messages(page).last()).containsText("message 299");
    }
}
