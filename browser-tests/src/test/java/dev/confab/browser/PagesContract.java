package dev.confab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.confab.browser.Person.act;
import static dev.confab.browser.Person.menu;
import static dev.confab.browser.Person.messages;
import static dev.confab.browser.Person.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person can do in the pages. A subclass chooses the store and the log-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesContract {
    private static final String SLOW = "/slow 200 " + "word ".repeat(200).strip();

    private Path directory;
    private Chromium chromium;
    private Confab confab;
    private String token = "";
    private Person person;

    /** The settings of the server, which choose its store and log-in. */
    abstract List<String> settings(Path directory);

    boolean hasLogIn() {
        return false;
    }

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        chromium = Chromium.start();
        confab = new Confab(directory.resolve("confab.log"), settings(directory));
        if (hasLogIn()) {
            token = confab.command("keys", "create", "--owner=ann", "--name=browser", "--scope=read,write", "--json")
                    .replaceFirst("(?s).*\"token\"\\s*:\\s*\"([^\"]+)\".*", "$1").strip();
        }
        confab.start();
    }

    @AfterAll
    void stop() {
        if (confab != null) {
            confab.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void arrive() {
        person = arrive(1280, 800, ColorScheme.LIGHT);
    }

    private Person arrive(int width, int height, ColorScheme colours) {
        var arrived = new Person(chromium.browser(), confab.url(), width, height, colours);
        if (hasLogIn()) {
            arrived.logIn(token);
        }
        return arrived;
    }

    @AfterEach
    void leave() {
        List<String> faults = person.faults();
        person.close();
        assertThat(faults).as("errors in the browser's console").isEmpty();
    }

    @Test
    void the_root_leads_a_browser_to_the_page_and_tells_a_program_where_the_api_is() {
        assertThat(person.open("/")).hasURL(Pattern.compile(".*/chat"));
        assertThat(confab.call("GET", "/", "", token).body()).contains("\"api\":\"/api/v1\"");
    }

    @Test
    void a_conversation_begins_with_its_first_message_and_is_named_after_it() {
        Page page = person.begin("**Where** shall we go?\nTo the sea?");

        assertThat(page.locator("#head .title")).hasText("Where shall we go?");
        assertThat(messages(page).first().locator(".text strong")).hasText("Where");
        assertThat(page.locator("#list .item.open .title")).hasText("Where shall we go?");
        assertThat(page.locator("#composer-text")).hasValue("");
    }

    @Test
    void an_answer_is_shown_while_it_is_written_and_can_be_stopped() {
        Page page = person.beginOnly(SLOW);
        assertThat(page.locator("#answer")).containsText("word word");

        page.click("#stop");

        assertThat(messages(page)).hasCount(2);
        assertThat(messages(page).last()).containsText("Stopped before it was complete.");
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
        assertThat(page.locator("#stop")).isHidden();
    }

    @Test
    void a_reload_in_the_middle_of_an_answer_shows_each_word_once() {
        Page page = person.beginOnly("/slow 100 " + String.join(" ", numbers(60)));
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
    void a_message_waits_in_line_or_interrupts_while_an_answer_is_written() {
        Page page = person.beginOnly(SLOW);
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
    void an_answer_that_failed_says_why_and_can_be_tried_again() {
        Page page = person.beginOnly("/fail no luck");
        assertThat(page.locator(".failure")).containsText("The answer failed");

        page.locator(".failure").getByText("Try again").click();

        assertThat(page.locator(".failure")).containsText("The answer failed");
        assertThat(messages(page).first()).containsText("/fail no luck");
    }

    @Test
    void the_last_prompt_is_answered_again() {
        Page page = person.begin("/echo once");
        String first = messages(page).last().getAttribute("id");

        act(messages(page).last(), "Answer again");

        assertThat(messages(page).last()).not().hasAttribute("id", first);
        assertThat(messages(page)).hasCount(2);
    }

    @Test
    void a_tool_call_is_approved_or_refused_and_shows_what_it_returned() {
        Page page = person.begin("/echo sailing");
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
    void a_message_is_edited_copied_and_deleted() {
        Page page = person.begin("/echo original");
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
    void a_conversation_is_renamed_pinned_labelled_and_archived() {
        Page page = person.begin("/echo file me");
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
    void a_deletion_is_undone_and_the_bin_restores() {
        Page page = person.begin("/echo throw away");
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
    void a_conversation_forks_at_a_message_and_shows_its_relatives() {
        Page page = person.begin("/echo fork me");
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
    void search_finds_as_you_type_marks_the_words_and_opens_the_message() {
        Page page = person.begin("/echo the zebrafish swims");
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
    void a_temporary_conversation_says_when_it_ends_and_can_be_kept() {
        Page page = person.open("/chat");
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
    void instructions_and_model_of_the_assistant_are_changed() {
        Page page = person.begin("/echo settings");
        menu(page, "Assistant…");
        page.fill("#instructions-text", "Be brief.");
        page.locator("#panel").getByText("Save").click();
        assertThat(page.locator("#panel form")).hasCount(0);

        menu(page, "Assistant…");
        assertThat(page.locator("#instructions-text")).hasValue("Be brief.");
    }

    @Test
    void a_conversation_is_exported_and_imported_as_a_file() throws IOException {
        Page page = person.begin("/echo take me along");
        Download export = page.waitForDownload(() -> menu(page, "Export"));
        Path file = directory.resolve("export.json");
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
    void a_text_that_would_do_something_only_shows() {
        String hostile = """
                <script>window.hurt = 1</script> <img src=x onerror="window.hurt = 2"> [link](javascript:window.hurt=3)
                ![picture](http://localhost:1/tracker.png) <a href="data:text/html,hurt">data</a> \u202Eright to left
                ```
                an unclosed fence <b>""";
        Page page = person.beginOnly(hostile);

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
    void a_line_of_a_mebibyte_shows_its_beginning_and_leads_to_the_rest() {
        Page page = person.begin("/echo short");
        String id = page.url().replaceFirst(".*/chat/", "");
        confab.call("POST", "/api/v1/conversations/" + id + "/messages",
                "{\"role\":\"user\",\"text\":\"" + "x".repeat(1024 * 1024) + "\"}", token);

        assertThat(messages(page)).hasCount(3);
        assertThat(messages(page).last()).containsText("This is the beginning of a long message.");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).isTrue();
    }

    @Test
    void a_long_conversation_is_read_from_its_end_to_its_beginning() {
        Page page = person.begin("/echo first");
        String id = page.url().replaceFirst(".*/chat/", "");
        for (int batch = 0; batch < 3; batch++) {
            int from = batch * 100;
            String all = IntStream.range(from, from + 100)
                    .mapToObj(n -> "{\"role\":\"user\",\"author\":\"Ann\",\"text\":\"message " + n + "\"}")
                    .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
            assertThat(confab.call("POST", "/api/v1/conversations/" + id + "/messages/batch", all, token).statusCode())
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

    @Test
    void what_was_typed_survives_a_reload_and_is_stored_once_after_a_lost_answer() {
        Page page = person.begin("/echo begin");
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
        assertThat(person.faults()).allMatch(fault -> fault.contains("ERR_FAILED") || fault.contains("sendError"));
    }

    @Test
    void a_text_that_was_changed_after_a_lost_answer_is_sent_as_another_message() {
        Page page = person.begin("/echo begin");
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
        assertThat(person.faults()).allMatch(fault -> fault.contains("ERR_FAILED") || fault.contains("sendError")
                || fault.contains("409"));
    }

    @Test
    void a_server_that_is_killed_while_it_answers_leaves_the_page_with_what_is_stored() {
        Page page = person.beginOnly(SLOW);
        assertThat(page.locator("#answer")).containsText("word word");
        page.fill("#composer-text", "meanwhile");

        confab.kill();
        assertThat(page.locator("#notices")).containsText("The connection is lost.");
        page.press("#composer-text", "Enter");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        confab.start();

        assertThat(page.locator("#notices")).containsText("Connected again.");
        // Another store's instance finds the turn abandoned once its lease is over.
        assertThat(page.locator("#turns[data-open]")).hasCount(0, new HasCountOptions().setTimeout(120_000));
        assertThat(messages(page).first()).containsText("/slow");
        assertThat(page.locator(".failure")).containsText("The answer failed");
        assertThat(page.locator("#answer .text:not(:empty)")).hasCount(0);
        page.press("#composer-text", "Enter");
        assertThat(page.locator("#messages .user", new Page.LocatorOptions().setHasText("meanwhile"))).hasCount(1);
        assertThat(person.faults()).allMatch(fault -> fault.contains("ERR_") || fault.contains("sseError")
                || fault.contains("sendError") || fault.contains("[object Event]"));
    }

    @Test
    void a_network_that_is_cut_loses_nothing() {
        Page page = person.begin("/echo connected");
        String id = page.url().replaceFirst(".*/chat/", "");
        person.context().setOffline(true);
        assertThat(page.locator("#notices")).containsText("offline");
        send(page, "written offline");
        assertThat(page.locator("#composer .state")).containsText("Your text is kept");
        confab.call("POST", "/api/v1/conversations/" + id + "/messages",
                "{\"role\":\"user\",\"text\":\"from elsewhere\"}", token);

        person.context().setOffline(false);
        assertThat(page.locator("#messages")).containsText("from elsewhere");
        page.press("#composer-text", "Enter");

        assertThat(page.locator("#messages .user", new Page.LocatorOptions().setHasText("written offline")))
                .hasCount(1);
        assertThat(person.faults()).allMatch(fault -> fault.contains("ERR_") || fault.contains("sseError")
                || fault.contains("sendError") || fault.contains("[object Event]"));
    }

    @Test
    void two_tabs_stay_in_step_and_say_when_a_message_was_changed_elsewhere() {
        Page one = person.begin("/echo shared");
        Page two = person.open(one.url().substring(confab.url().length()));
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
        assertThat(person.faults()).allMatch(fault -> fault.contains("412"));
    }

    @Test
    void the_keyboard_breaks_lines_closes_menus_and_moves_in_the_list() {
        Page page = person.begin("/echo keys");
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
    void a_conversation_that_is_not_there_is_explained() {
        Page page = person.open("/chat/00000000-0000-4000-8000-000000000000");
        assertThat(page.locator("h1")).isVisible();
        page.getByText("All conversations").click();
        assertThat(page).hasURL(Pattern.compile(".*/chat"));
        assertThat(person.faults()).allMatch(fault -> fault.contains("404"));
    }

    @Test
    void nothing_serious_is_wrong_for_people_with_assistive_technology() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1280, 390)) {
                try (var other = another(width, 800, colours)) {
                    Page page = other
                            .begin("# A title\n\n`code` and a [link](https://example.org)\n\n```java\nint x;\n```");
                    expectAccessible(page);
                    page.navigate(confab.url() + "/chat");
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
    void the_page_says_which_store_runs_and_that_it_works() {
        assertThat(person.open("/chat").locator("#status")).hasText(Pattern.compile("JSON files|PostgreSQL"));
    }

    /** What stands in the page, for the tests of this class that are about other things. */
    Person person() {
        return person;
    }

    Confab confab() {
        return confab;
    }

    String token() {
        return token;
    }

    Person another(int width, int height, ColorScheme colours) {
        return arrive(width, height, colours);
    }
}
