package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.ADMIN;
import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-in by API keys: who is refused, and how. */
class LogInTest extends KeyTest {
    private static final String OWNER = "Confab-Owner";

    @Test
    void without_a_token_a_call_is_refused_and_the_challenge_names_no_error() {
        Reply refused = get("/conversations").expectProblem(401, "unauthenticated");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"confab\"");
        post("/conversations", "{}").expectProblem(401, "unauthenticated");
        get("/nothing").expectProblem(401, "unauthenticated");
        get("/info", "Accept", "text/html").expectProblem(401, "unauthenticated");
        call("HEAD", "/conversations", BodyPublishers.noBody()).expect(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer confab_1_2",
            "Bearer confab_00000000000000000000000000000000_0000000000000000000000000000000000000000000"})
    void a_token_that_is_not_a_key_is_refused_as_invalid(String authorization) {
        Reply refused = get("/conversations", AUTHORIZATION, authorization).expectProblem(401, "unauthenticated");

        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer realm=\"confab\", error=\"invalid_token\"");
    }

    @Test
    void another_scheme_counts_as_no_token() {
        assertThat(get("/conversations", AUTHORIZATION, "Basic YTpi").expectProblem(401, "unauthenticated")
                .header("WWW-Authenticate")).isEqualTo("Bearer realm=\"confab\"");
    }

    @Test
    void a_key_with_a_wrong_secret_a_revoked_and_an_expired_one_are_refused() {
        var issued = issue("ann", READ);
        String token = bearer(issued);
        get("/conversations", AUTHORIZATION, token).expect(200);
        char last = token.charAt(token.length() - 1);
        get("/conversations", AUTHORIZATION, token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A'))
                .expectProblem(401, "unauthenticated");

        keys.revoke(id(issued));
        get("/conversations", AUTHORIZATION, token).expectProblem(401, "unauthenticated");

        var brief = issueUntil(clock.instant().plus(Duration.ofHours(1)), "ann", READ);
        get("/conversations", AUTHORIZATION, bearer(brief)).expect(200);
        clock.putForward(Duration.ofHours(1));
        get("/conversations", AUTHORIZATION, bearer(brief)).expectProblem(401, "unauthenticated");
    }

    @Test
    void a_token_counts_in_the_header_only() {
        var issued = issue("ann", READ, WRITE);
        String token = issued.token().text();

        get("/conversations?access_token=" + token).expectProblem(401, "unauthenticated");
        call("POST", "/conversations", BodyPublishers.ofString("access_token=" + token), "Content-Type",
                "application/x-www-form-urlencoded").expectProblem(401, "unauthenticated");
        get("/conversations", "Cookie", "access_token=" + token).expectProblem(401, "unauthenticated");
    }

    @Test
    void a_key_may_do_only_what_its_scopes_say() {
        String reader = key("ann", READ);
        String writer = key("ann", WRITE);
        String admin = key("ann", ADMIN);

        Reply refused = post("/conversations", "{}", AUTHORIZATION, reader).expectProblem(403, "insufficient-scope");
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"confab\", error=\"insufficient_scope\", scope=\"write\"");
        post("/conversations", "{}", AUTHORIZATION, writer).expect(201);
        get("/conversations", AUTHORIZATION, reader).expect(200);
        get("/conversations", AUTHORIZATION, writer).expectProblem(403, "insufficient-scope");
        get("/info", AUTHORIZATION, admin).expectProblem(403, "insufficient-scope");
        get("/admin/keys", AUTHORIZATION, reader).expectProblem(403, "insufficient-scope");
        get("/admin/keys", AUTHORIZATION, admin).expect(200);
        get("/api/v1/%61dmin/keys", AUTHORIZATION, reader).expectProblem(403, "insufficient-scope");
        call("PURGE", "/conversations", BodyPublishers.noBody(), AUTHORIZATION, reader).expect(400);
    }

    @Test
    void a_key_acts_for_its_own_owner_and_one_with_on_behalf_for_those_that_it_names() {
        String ann = key("ann " + hashCode(), READ, WRITE);
        String backend = key("backend", READ, WRITE, ON_BEHALF);
        String path = "/conversations/" + post("/conversations", "{}", AUTHORIZATION, ann).expect(201).text("id");

        get(path, AUTHORIZATION, backend).expectProblem(404, "conversation-not-found");
        get(path, AUTHORIZATION, backend, OWNER, "ann " + hashCode()).expect(200);
        get(path, AUTHORIZATION, backend, OWNER, "bob").expectProblem(404, "conversation-not-found");
        String named = "/conversations/" + post("/conversations", "{}", AUTHORIZATION, backend, OWNER,
                "ann " + hashCode()).expect(201).text("id");
        get(named, AUTHORIZATION, ann).expect(200);
    }

    @Test
    void without_on_behalf_the_header_is_refused_even_with_the_keys_own_name() {
        String ann = key("ann", READ, WRITE, ADMIN);

        Reply refused = get("/conversations", AUTHORIZATION, ann, OWNER, "ann").expectProblem(403,
                "insufficient-scope");
        assertThat(refused.header("WWW-Authenticate")).contains("scope=\"on-behalf\"");
        get("/info", AUTHORIZATION, ann, OWNER, "ann").expectProblem(403, "insufficient-scope");
        post("/conversations", "{}", AUTHORIZATION, ann, OWNER, "bob").expectProblem(403, "insufficient-scope");
        get("/admin/keys", AUTHORIZATION, ann, OWNER, "bob").expectProblem(403, "insufficient-scope");
    }

    @Test
    void an_owner_in_the_header_is_checked() throws IOException {
        String backend = key("backend", READ, WRITE, ON_BEHALF, ADMIN);

        get("/conversations", AUTHORIZATION, backend, OWNER, "a".repeat(201)).expectProblem(400, "invalid-request");
        assertThat(sendHead("GET /api/v1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + backend
                + "\r\nConfab-Owner: caf\u00e9\r\n")).startsWith("HTTP/1.1 400 ").contains("invalid-request");
        get("/conversations", AUTHORIZATION, backend, OWNER, "ann", OWNER, "bob").expectProblem(400,
                "invalid-request");
        get("/info", AUTHORIZATION, backend, OWNER, "").expectProblem(400, "invalid-request");
        get("/conversations", AUTHORIZATION, backend, OWNER, "a".repeat(200)).expect(200);
        get("/admin/keys", AUTHORIZATION, backend, OWNER, "ann").expectProblem(400, "invalid-request");
    }

    @Test
    void while_the_keys_cannot_be_read_the_answer_is_503_and_not_401() {
        String ann = key("ann", READ);
        keyStore.fail();

        Reply refused = get("/conversations", AUTHORIZATION, ann).expectProblem(503, "storage-unavailable");

        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(refused.json().get("repeatable").booleanValue()).isTrue();
        keyStore.heal();
        get("/conversations", AUTHORIZATION, ann).expect(200);
    }

    @Test
    void a_cursor_of_one_owner_is_rejected_for_another() {
        String word = "w" + hashCode();
        String ann = key("ann" + word, READ, WRITE);
        String bob = key("bob" + word, READ, WRITE);
        for (String owner : List.of(ann, ann, bob, bob)) {
            post("/conversations", "{\"title\":\"" + word + "\"}", AUTHORIZATION, owner).expect(201);
        }

        for (String listing : List.of("/conversations?limit=1", "/search?limit=1&q=" + word)) {
            String cursor = get(listing, AUTHORIZATION, ann).expect(200).text("nextCursor");
            get(listing + "&cursor=" + cursor, AUTHORIZATION, bob).expectProblem(400, "invalid-cursor");
            get(listing + "&cursor=" + cursor, AUTHORIZATION, ann).expect(200);
        }
    }

    /** Each pair would have the same text if the words and the owner were just written one after the other. */
    @ParameterizedTest
    @CsvSource({"bob, x for y, bob for x, y", "bob, y of x, x of bob, y"})
    void an_owner_whose_name_looks_like_a_part_of_a_search_shares_no_cursor_with_another(String plain, String words,
            String crafted, String otherWords) {
        String first = key(plain, READ, WRITE);
        String second = key(crafted, READ, WRITE);
        for (String owner : List.of(first, first, second, second)) {
            post("/conversations", "{\"title\":\"x for y of\"}", AUTHORIZATION, owner).expect(201);
        }
        String search = "/search?limit=1&q=";

        String cursor = get(search + words.replace(" ", "%20"), AUTHORIZATION, first).expect(200).text("nextCursor");

        get(search + otherWords + "&cursor=" + cursor, AUTHORIZATION, second).expectProblem(400, "invalid-cursor");
    }

    @Test
    void public_paths_need_no_token() throws Exception {
        for (String path : List.of("/v3/api-docs", "/swagger-ui/index.html", "/problems/unauthenticated")) {
            assertThat(sendHead("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n")).as(path)
                    .startsWith("HTTP/1.1 200 ");
        }
        // A token that is shown must be valid.
        assertThat(sendHead("GET /v3/api-docs HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void no_session_is_begun() {
        Reply reply = get("/conversations", AUTHORIZATION, key("ann", READ)).expect(200);

        assertThat(reply.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_browsers_preflight_needs_no_token_and_allows_the_header_of_one() throws IOException {
        assertThat(sendHead("OPTIONS /api/v1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: "
                + TestServer.ALLOWED_ORIGIN + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,confab-owner\r\n")).startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("Access-Control-Allow-Headers: authorization, confab-owner");
    }
}
