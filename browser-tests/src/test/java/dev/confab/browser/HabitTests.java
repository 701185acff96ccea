package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a person expects of any page. */
interface HabitTests extends PageFixture {

    @Test
    default void the_root_leads_a_browser_to_the_page_and_tells_a_program_where_the_api_is() {
        assertThat(person().open("/")).hasURL(Pattern.compile(".*/chat"));
        assertThat(confab().call("GET", "/", "", token()).body()).contains("\"api\":\"/api/v1\"");
    }

    @Test
    default void the_keyboard_breaks_lines_closes_menus_and_moves_in_the_list() {
        Page page = person().begin("/echo keys");
        page.focus("#composer-text");
        page.keyboard().type("one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("two");
        assertThat(page.locator("#composer-text")).hasValue("one\ntwo");

        page.click("details.menu summary");
        page.keyboard().press("Escape");
        assertThat(page.locator("details.menu[open]")).hasCount(0);
        page.focus("#q");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#list .item a").first()).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(page.locator("#q")).isFocused();
    }

    @Test
    default void nothing_serious_is_wrong_for_people_with_assistive_technology() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1280, 390)) {
                try (var other = another(width, 800, colours)) {
                    Page page = other
                            .begin("# A title\n\n`code` and a [link](https://example.org)\n\n```java\nint x;\n```");
                    expectAccessible(page);
                    page.navigate(confab().url() + "/chat");
                    expectAccessible(page);
                }
            }
        }
    }

    private static void expectAccessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml()).toList()))
                .isEmpty();
    }

    @Test
    default void the_page_says_which_store_runs_and_that_it_works() {
        assertThat(person().open("/chat").locator("#status")).hasText(Pattern.compile("JSON files|PostgreSQL"));
    }
}
