package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages, as far as they can be tested without a browser; {@code browser-tests} tests them in one. */
class PagesTest extends WebTest {
    private static final String ID = "11111111-0000-4000-8000-0000000000a1";

    @Test
    void the_root_leads_a_browser_to_the_page_and_answers_a_program() throws Exception {
        assertThat(page("GET", "/", "", "Accept", "text/html,*/*").header("Location")).isEqualTo("/chat");
        Reply places = page("GET", "/", "", "Accept", "*/*").expect(200);
        assertThat(places.text("api")).isEqualTo("/api/v1");
        assertThat(places.text("page")).isEqualTo("/chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/chat/list", "/chat/search?q=word", "/chat/status", "/chat/list?view=bin",
            "/chat/list?label=travel",
            "/chat/statistics", "/chat/statistics?zone=Europe/Berlin&from=2026-01-01&to=",
            "/chat/search?q=word&label=travel&role=user&author=Ann&from=2026-01-01&to=2026-02-01"})
    void a_page_runs_scripts_of_this_service_only_and_is_not_kept(String path) throws Exception {
        Reply page = page("GET", path, "").expect(200);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'",
                "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(page.body()).doesNotContainPattern("<script>|<style| (style|on[a-z]+)=\"").contains("id=");
    }

    @Test
    void a_browser_keeps_the_files_of_the_pages_until_they_change() throws Exception {
        String page = page("GET", "/chat", "").expect(200).body();
        var files = Pattern.compile("(?:src|href)=\"(/(?:ui|webjars)/[^\"]+)\"").matcher(page).results()
                .map(found -> found.group(1)).toList();

        assertThat(files).hasSizeGreaterThan(10);
        for (String file : files) {
            assertThat(page("GET", file, "").expect(200).header("Cache-Control")).as(file).contains("immutable");
        }
        for (String unversioned : List.of("/ui/confab.js", "/webjars/htmx.org/dist/htmx.min.js")) {
            assertThat(page("GET", unversioned, "").expect(200).header("Cache-Control")).isEqualTo("no-cache");
        }
        page("GET", "/ui/0123456789abcdef/confab.js", "").expectProblem(404, "not-found");
    }

    /** Else a browser finds out about a module only when it has read the one that imports it. */
    @Test
    void a_page_names_all_modules() throws Exception {
        String page = page("GET", "/chat", "").body();
        String main = page("GET", "/ui/confab.js", "").body();

        assertThat(Pattern.compile("import '\\./([a-z]+\\.js)'").matcher(main).results().map(found -> found.group(1)))
                .isNotEmpty().allSatisfy(module -> assertThat(page).containsPattern(
                        "modulepreload\" href=\"/ui/[0-9a-f]{16}/" + module.replace(".", "\\.") + "\""));
    }

    @Test
    void the_first_message_makes_a_conversation_once_and_names_it() throws Exception {
        String conversation = "11111111-0000-4000-8000-0000000000b1";
        String body = """
                {"conversation":"%s","id":"11111111-0000-4000-8000-0000000000b2","text":"# A trip to the sea\\nby train"}"""
                .formatted(conversation);
        for (int i = 0; i < 2; i++) {
            Reply sent = page("POST", "/chat", body, "HX-Request", "true").expect(204);
            assertThat(sent.header("HX-Redirect")).isEqualTo("/chat/" + conversation);
        }

        assertThat(get("/conversations/" + conversation).text("title")).isEqualTo("A trip to the sea");
        assertThat(get("/conversations/" + conversation + "/turns").json().path("items").size()).isEqualTo(1);
        assertThat(page("GET", "/chat/" + conversation, "").expect(200).body()).contains("<h3>A trip to the sea</h3>");
    }

    @Test
    void what_is_sent_without_a_text_or_to_nowhere_is_refused_as_a_problem() throws Exception {
        page("POST", "/chat", "{\"conversation\":\"" + ID + "\",\"id\":\"" + ID + "\",\"text\":\" \"}")
                .expectProblem(400, "invalid-request");
        page("POST", "/chat/" + ID + "/turns", "{\"id\":\"" + ID + "\",\"text\":\"hello\"}")
                .expectProblem(404, "conversation-not-found");
    }

    @Test
    void a_page_that_fails_is_a_page_and_a_part_that_fails_is_a_problem() throws Exception {
        Reply page = page("GET", "/chat/" + ID, "", "Accept", "text/html").expect(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("/problems/conversation-not-found");

        page("GET", "/chat/" + ID + "/messages", "", "HX-Request", "true").expectProblem(404, "conversation-not-found");
        page("GET", "/chat/list?view=everything", "").expectProblem(400, "invalid-request");
        page("GET", "/chat/list?cursor=nowhere", "").expectProblem(400, "invalid-cursor");
    }

    @Test
    void a_long_message_shows_its_beginning_and_links_to_its_whole_text() throws Exception {
        String id = post("/conversations", "{\"title\":\"Long\"}").text("id");
        String text = "x".repeat(50_000) + " the end";
        String message = post("/conversations/" + id + "/messages", "{\"role\":\"user\",\"text\":\"" + text + "\"}")
                .text("id");
        String link = "/chat/" + id + "/messages/" + message;

        for (String path : List.of("/chat/" + id, "/chat/" + id + "/messages?after=0",
                "/chat/" + id + "/updates?since=0",
                link)) {
            assertThat(page("GET", path, "").expect(200).body()).as(path).contains(link + "/text").contains("xxx")
                    .doesNotContain("the end");
        }
        assertThat(page("GET", link + "/text", "").expect(200).body()).isEqualTo(text);
        assertThat(page("GET", link + "/edit", "").expect(200).body()).contains("/api/v1/conversations/" + id
                + "/messages/" + message, "the end");
    }

    @Test
    void the_list_goes_on_where_its_first_page_ended() throws Exception {
        for (int i = 0; i < 45; i++) {
            post("/conversations", "{\"title\":\"long list " + i + "\"}");
        }
        String first = page("GET", "/chat/list", "").expect(200).body();
        String more = first.replaceFirst("(?s).*hx-get=\"(/chat/list\\?[^\"]*cursor=[^\"]*)\".*", "$1").replace("&amp;",
                "&");

        String second = page("GET", more, "").expect(200).body();

        assertThat(first).contains(">long list 44<", ">long list 5<").doesNotContain(">long list 4<");
        assertThat(second).contains(">long list 4<", ">long list 0<").doesNotContain(">long list 5<",
                "class=\"kinds\"");
        page("GET", more.replace("view=live", "view=archived"), "").expectProblem(400, "invalid-cursor");
    }

    @Test
    void a_search_says_why_it_finds_nothing() throws Exception {
        assertThat(page("GET", "/chat/search?q=unheard-of", "").body()).contains("Nothing found.");
        assertThat(page("GET", "/chat/search?q=...", "").body()).contains("contains no word");
        assertThat(page("GET", "/chat/search?q=word&from=soon", "").body()).contains("2026-01-31");
        assertThat(page("GET", "/chat/search?q=w", "").expect(200).body()).contains("Nothing found.");
    }

    @Test
    void there_is_no_log_in_where_none_is_needed() throws Exception {
        page("GET", "/log-in", "").expect(404);
        page("POST", "/log-in", "{\"token\":\"x\"}").expect(404);
    }

    @Test
    void statistics_are_drawn_with_a_table_beside_each_drawing() throws Exception {
        String said = "{\"role\":\"user\",\"author\":\"%s\",\"createdAt\":\"%s\",\"text\":\"%s\"}";
        String id = post("/conversations", "{\"title\":\"<Trip>\",\"messages\":["
                + said.formatted("<b>Ann</b>", "2026-01-10T22:30:00.000Z", "by train <svg> 🌊") + ","
                + said.formatted("Ben", "2026-01-10T22:31:30.000Z", "by boat") + ","
                + said.formatted("Ben", "2026-03-20T22:31:30.000Z", "late") + "]}").expect(201).text("id");

        String page = page("GET", "/chat/" + id + "/statistics?zone=Europe/Berlin", "").expect(200).body();

        assertThat(page).contains("<title id=\"days-title\">Messages over time</title>",
                "Messages by week. The most are 2: 5 Jan.", "<title>5 Jan: 2</title>", "role=\"img\"",
                "aria-labelledby=\"people-title people-desc\"", "Most used words", "Most used emoji", "1 min 30 s",
                "69 d 0 h, from 10 Jan 2026, 23:31", "value=\"Europe/Berlin\"", "&lt;b&gt;Ann&lt;/b&gt;",
                "&lt;Trip&gt;")
                .doesNotContain("<b>Ann", "<Trip>").doesNotContainPattern("<script>|<style| (style|on[a-z]+)=\"");
        assertThat(Pattern.compile("<rect ").matcher(page).results().count()).isGreaterThan(7 + 24);
        assertThat(Pattern.compile("<table>").matcher(page).results().count()).isEqualTo(7);
        assertThat(page("GET", "/chat/" + id, "").body()).contains("/chat/" + id + "/statistics");
        page("GET", "/chat/" + id + "/statistics?from=soon", "").expectProblem(400, "invalid-request");
        page("GET", "/chat/" + ID + "/statistics", "").expectProblem(404, "conversation-not-found");
        assertThat(page("GET", "/chat/" + post("/conversations", "{}").text("id") + "/statistics", "").expect(200)
                .body()).contains("Active days").doesNotContain("<rect");
    }
}
