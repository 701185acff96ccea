package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.act;
import static dev.confab.browser.Person.menu;
import static dev.confab.browser.Person.messages;
import static dev.confab.browser.Person.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Conversations: begun, named, filed, found, forked, thrown away and taken along. */
interface FilingTests extends PageFixture {

    @Test
    default void a_conversation_begins_with_its_first_message_and_is_named_after_it() {
        Page page = person().begin("**Where** shall we go?\nTo the sea?");

        assertThat(page.locator("#head .title")).hasText("Where shall we go?");
        assertThat(messages(page).first().locator(".text strong")).hasText("Where");
        assertThat(page.locator("#list .item.open .title")).hasText("Where shall we go?");
        assertThat(page.locator("#composer-text")).hasValue("");
    }

    @Test
    default void a_conversation_is_renamed_pinned_labelled_and_archived() {
        Page page = person().begin("/echo file me");
        page.click("#head .title");
        page.fill("#title-text", "A better name");
        page.press("#title-text", "Enter");
        assertThat(page.locator("#head .title")).hasText("A better name");

        menu(page, "Pin");
        assertThat(page.locator("#list section").first()).containsText("A better name");
        menu(page, "Labels…");
        page.fill("#labels-text", "travel, sea");
        page.locator("#panel").getByText("Save").click();
        assertThat(page.locator("#head .label")).hasText(new String[]{"sea", "travel"});
        page.locator("#head .label").first().click();
        assertThat(page.locator("#list .chosen")).containsText("sea");

        menu(page, "Archive");
        assertThat(page.locator("#head .meta")).containsText("archived");
        page.locator(".kinds").getByText("Archive").click();
        assertThat(page.locator("#list")).containsText("A better name");
    }

    @Test
    default void a_deletion_is_undone_and_the_bin_restores() {
        Page page = person().begin("/echo throw away");
        String address = page.url();
        menu(page, "Delete");
        page.locator("#notices").getByText("Undo").click();
        page.waitForURL(address);

        menu(page, "Delete");
        page.waitForURL("**/chat");
        page.locator(".kinds").getByText("Bin").click();
        page.locator("#list li", new Page.LocatorOptions().setHasText("/echo throw away")).first()
                .getByText("Restore").click();
        page.locator(".kinds").getByText("Conversations").click();
        assertThat(page.locator("#list")).containsText("/echo throw away");
    }

    @Test
    default void a_conversation_forks_at_a_message_and_shows_its_relatives() {
        Page page = person().begin("/echo fork me");
        String source = page.url();
        act(messages(page).first(), "Fork here");
        page.waitForURL(url -> !url.equals(source) && url.contains("/chat/"));
        assertThat(messages(page)).hasCount(1);

        menu(page, "Forks…");
        assertThat(page.locator("#panel")).containsText("Forked from /echo fork me");
        page.locator("#head").getByText("forked from another conversation").click();
        page.waitForURL(url -> url.startsWith(source));
        menu(page, "Forks…");
        assertThat(page.locator("#panel")).containsText("/echo fork me (fork)");
    }

    @Test
    default void search_finds_as_you_type_marks_the_words_and_opens_the_message() {
        Page page = person().begin("/echo the zebrafish swims");
        page.press("#head .title", "Escape");
        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
        page.locator("#q").pressSequentially("zebraf");
        assertThat(page.locator("#list mark").first()).hasText("zebrafish");

        page.press("#q", "ArrowDown");
        page.keyboard().press("Enter");
        page.waitForURL("**?message=*");
        assertThat(page.locator(".message.found")).containsText("zebrafish");

        page.click(".filters summary");
        page.selectOption(".filters select[name=role]", "assistant");
        page.fill("#q", "zebrafish");
        assertThat(page.locator("#list .hits, #list.hits")).containsText("Assistant");
        assertThat(page.locator("#list")).not().containsText("You");
    }

    @Test
    default void a_temporary_conversation_says_when_it_ends_and_can_be_kept() {
        Page page = person().open("/chat");
        page.click(".options summary");
        page.selectOption("select[name='hours:number']", "1");
        send(page, "/echo soon gone");
        page.waitForURL(Person.CONVERSATION);
        assertThat(page.locator("#head .meta")).containsText("temporary, ends");
        assertThat(messages(page)).hasCount(2);

        page.locator("#head").getByText("Keep").click();

        assertThat(page.locator("#head .meta")).not().containsText("temporary");
    }

    @Test
    default void a_conversation_is_exported_and_imported_as_a_file() throws IOException {
        Page page = person().begin("/echo take me along");
        Download export = page.waitForDownload(() -> menu(page, "Export"));
        Path file = directory().resolve("export.json");
        export.saveAs(file);
        Download markdown = page.waitForDownload(() -> menu(page, "Save as Markdown"));
        assertThat(markdown.suggestedFilename()).isEqualTo("echo take me along.md");
        assertThat(Files.readString(markdown.path())).contains("# /echo take me along", "## You", "take me along");
        String source = page.url();
        menu(page, "Pin");
        assertThat(page.locator("#head .meta")).containsText("pinned");

        page.setInputFiles("#import-file", file);

        page.waitForURL(url -> !url.equals(source) && url.contains("/chat/"));
        assertThat(messages(page)).hasCount(2);
    }

    @Test
    default void several_files_are_imported_and_one_that_is_not_an_export_is_explained() throws IOException {
        Page page = person().begin("/echo one of several");
        Path file = directory().resolve("several.json");
        page.waitForDownload(() -> menu(page, "Export")).saveAs(file);
        Path other = Files.writeString(directory().resolve("other.json"), "{\"a\":1}");
        // Otherwise it would be the conversation that is there.
        menu(page, "Pin");
        assertThat(page.locator("#head .meta")).containsText("pinned");
        String address = page.url();

        page.setInputFiles("#import-file", new Path[]{file, other, file});

        assertThat(page.locator("#notices")).containsText("2 of 3 files were imported.");
        assertThat(page.locator("#notices .error")).hasCount(1);
        // The one that was there, and one for the file that was imported twice.
        assertThat(page.locator("#list .item .title").getByText("/echo one of several")).hasCount(2);
        assertThat(page).hasURL(address);
        assertThat(person().faults()).allMatch(fault -> fault.contains("400"));
    }
}
