package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Log-in by a browser, which keeps its token in a cookie. */
class BrowserLogInTest extends KeyTest {
    private static final String[] HTML = {"Accept", "text/html"};

    @Test
    void a_page_leads_to_the_log_in_and_a_part_of_one_is_refused() throws Exception {
        assertThat(page("GET", "/chat/11111111-0000-4000-8000-000000000001", "", HTML).expect(302).header("Location"))
                .endsWith("/log-in?next=/chat/11111111-0000-4000-8000-000000000001");
        page("GET", "/chat/list", "", "HX-Request", "true", "Accept", "text/html")
                .expectProblem(401, "unauthenticated");
        assertThat(page("GET", "/log-in", "", HTML).expect(200).body()).contains("API key");
        page("GET", "/ui/confab.css", "").expect(200);
        page("GET", "/", "").expect(200);
    }

    @Test
    void the_cookie_stands_for_the_key_and_does_not_show_it() throws Exception {
        ApiKeys.Issued issued = issue("ann", READ, WRITE);
        Reply loggedIn = logIn(issued.token().text(), "/chat");

        String cookie = loggedIn.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure", "Max-Age")
                .doesNotContain(issued.token().text());
        page("GET", "/chat", "", "Cookie", pair(cookie)).expect(200);
        page("GET", "/api/v1/conversations", "", "Cookie", pair(cookie)).expect(200);

        keys.revoke(id(issued));
        page("GET", "/chat", "", "Cookie", pair(cookie), HTML[0], HTML[1]).expect(302);
        page("GET", "/api/v1/conversations", "", "Cookie", pair(cookie)).expectProblem(401, "unauthenticated");
    }

    @Test
    void over_tls_the_cookie_is_secure() throws Exception {
        String body = "{\"token\":\"" + issue("ann", READ).token().text() + "\"}";
        assertThat(page("POST", "/log-in", body, "X-Forwarded-Proto", "https").expect(204).header("Set-Cookie"))
                .contains("Secure");
    }

    @Test
    void with_the_cookie_only_a_script_of_the_page_may_change_something() throws Exception {
        String cookie = pair(logIn(issue("ann", READ, WRITE).token().text(), "/chat").header("Set-Cookie"));

        page("POST", "/api/v1/conversations", "{}", "Cookie", cookie).expectProblem(401, "unauthenticated");
        page("POST", "/chat", "{}", "Cookie", cookie).expectProblem(401, "unauthenticated");
        page("POST", "/api/v1/conversations", "{}", "Cookie", cookie, "HX-Request", "true", "Origin",
                "https://other.example").expectProblem(403, "forbidden-origin");
        page("POST", "/api/v1/conversations", "{}", "Cookie", cookie, "HX-Request", "true").expect(201);
    }

    @Test
    void a_key_that_may_only_read_sends_nothing() throws Exception {
        String cookie = pair(logIn(issue("ann", READ).token().text(), "/chat").header("Set-Cookie"));

        page("GET", "/chat", "", "Cookie", cookie).expect(200);
        page("POST", "/chat", "{}", "Cookie", cookie, "HX-Request", "true").expectProblem(403, "insufficient-scope");
    }

    @Test
    void showing_a_page_changes_nothing() throws Exception {
        String key = key("reader", READ, WRITE);
        String id = post("/conversations", "{\"title\":\"Only read\"}", AUTHORIZATION, key).expect(201).text("id");
        for (String path : new String[]{"", "/assistant", "/forks", "/updates", "/labels", "/title"}) {
            page("GET", "/chat/" + id + path, "", AUTHORIZATION, key).expect(200);
        }

        assertThat(get("/sessions", AUTHORIZATION, key).json().path("items").size()).isZero();
        assertThat(get("/conversations/" + id, AUTHORIZATION, key).text("version")).isEqualTo("1");
    }

    @Test
    void pages_of_another_owner_are_not_there() throws Exception {
        String id = UUID.nameUUIDFromBytes(new byte[]{1}).toString();
        post("/conversations", "{\"id\":\"" + id + "\",\"title\":\"secret of Ann\"}", AUTHORIZATION,
                key("ann", READ, WRITE)).expect(201);
        String cookie = pair(logIn(issue("bob", READ, WRITE).token().text(), "/chat").header("Set-Cookie"));

        for (String path : Stream.of("", "/messages", "/title", "/labels", "/assistant", "/forks", "/markdown",
                "/statistics", "/messages/" + id, "/messages/" + id + "/edit", "/messages/" + id + "/text")
                .map(("/chat/" + id)::concat)
                .toList()) {
            Reply refused = page("GET", path, "", "Cookie", cookie, "HX-Request", "true");
            assertThat(refused.status()).as(path).isEqualTo(404);
            assertThat(refused.body()).as(path).doesNotContain("secret of Ann");
        }
        assertThat(page("GET", "/chat/" + id + "/updates", "", "Cookie", cookie).body()).contains("id=\"gone\"");
        assertThat(page("GET", "/chat/search?q=secret", "", "Cookie", cookie).body()).contains("Nothing found.");
        assertThat(page("GET", "/chat/list", "", "Cookie", cookie).body()).doesNotContain("secret of Ann");
        page("POST", "/chat/" + id + "/turns", "{\"id\":\"" + id + "\",\"text\":\"x\"}", "Cookie", cookie, "HX-Request",
                "true").expectProblem(404, "conversation-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%%%"})
    void a_forged_cookie_is_none(String value) throws Exception {
        page("GET", "/chat", "", "Cookie", "confab-log-in=" + value, HTML[0], HTML[1]).expect(302);
        page("GET", "/api/v1/conversations", "", "Cookie", "confab-log-in=" + value).expectProblem(401,
                "unauthenticated");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_failed_log_in_is_in_the_audit_log_without_the_token(CapturedOutput output) throws Exception {
        String token = issue("ann", READ).token().text();
        String wrong = token.substring(0, token.length() - 4) + "AAAA";
        page("POST", "/log-in", "{\"token\":\"" + wrong + "\"}").expectProblem(401, "unauthenticated");

        assertThat(output.getAll()).contains("Log-in failed").doesNotContain(wrong);
    }

    @Test
    void a_wrong_token_is_refused_and_the_next_page_is_one_of_this_service() throws Exception {
        page("POST", "/log-in", "{\"token\":\"confab_1_2\"}").expectProblem(401, "unauthenticated");
        String token = issue("ann", READ).token().text();
        for (String foreign : new String[]{"https://evil.example", "//evil.example", "/chat//evil.example",
                "javascript:x",
                "/api/v1/info"}) {
            assertThat(logIn(token, foreign).header("HX-Redirect")).as(foreign).startsWith("/chat")
                    .doesNotContain("evil");
        }
        assertThat(logIn(token, "/chat/11111111-0000-4000-8000-000000000001").header("HX-Redirect"))
                .isEqualTo("/chat/11111111-0000-4000-8000-000000000001");
    }

    @Test
    void a_log_out_removes_the_cookie() throws Exception {
        assertThat(page("POST", "/log-out", "{}", "HX-Request", "true").expect(204).header("Set-Cookie"))
                .startsWith("confab-log-in=;").contains("Max-Age=0");
    }

    private Reply logIn(String token, String next) throws IOException, InterruptedException {
        return page("POST", "/log-in", "{\"token\":\"" + token + "\",\"next\":\"" + next + "\"}").expect(204);
    }

    private static String pair(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
