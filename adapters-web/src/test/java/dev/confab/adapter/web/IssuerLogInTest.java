package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;

/** A person with a browser logs in at the issuer. */
@SpringBootTest(classes = JwtServer.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.application.name=issuer-log-in")
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class IssuerLogInTest extends WebTest {
    private static final String NEXT = "/chat/11111111-0000-4000-8000-000000000001";
    private static boolean tokens;
    /** What the issuer gives for a code; a test may change it. */
    private static final AtomicReference<UnaryOperator<JWTClaimsSet.Builder>> ACCESS = new AtomicReference<>();
    private static final AtomicReference<UnaryOperator<JWTClaimsSet.Builder>> IDENTITY = new AtomicReference<>();
    private static final Map<String, String> ASKED = new TreeMap<>();

    @Autowired
    TestIssuer issuer;

    @Autowired
    TestClock clock;

    @BeforeEach
    void issuer_gives_good_tokens() {
        ACCESS.set(UnaryOperator.identity());
        IDENTITY.set(UnaryOperator.identity());
        issuer.fail(false);
        if (!tokens) {
            issuer.give(this::giveTokens);
            tokens = true;
        }
    }

    /** As RFC 6749, section 4.1.3 and RFC 7636, section 4.6 say. */
    private void giveTokens(HttpExchange call) throws IOException {
        Map<String, String> form = parameters(
                new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String secret = new String(Base64.getDecoder().decode(
                call.getRequestHeaders().getFirst("Authorization").substring("Basic ".length())),
                StandardCharsets.UTF_8);
        boolean good = form.get("code").equals("good") && secret.equals("confab-pages:its+secret")
                && form.get("redirect_uri").equals(ASKED.get("redirect_uri"))
                && challenge(form.get("code_verifier")).equals(ASKED.get("code_challenge"));
        if (!good) {
            call.getResponseHeaders().set("Content-Type", "application/json");
            byte[] error = "{\"error\":\"invalid_grant\"}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(400, error.length);
            call.getResponseBody().write(error);
            call.close();
            return;
        }
        var access = issuer.claims("ann", "openid read write", clock.instant());
        var identity = issuer.claims("ann", "", clock.instant()).audience("confab-pages").claim("nonce",
                ASKED.get("nonce"));
        issuer.answer(call, "{\"token_type\":\"Bearer\",\"expires_in\":600,\"access_token\":\""
                + issuer.sign(ACCESS.get().apply(access)) + "\",\"id_token\":\""
                + issuer.sign(IDENTITY.get().apply(identity)) + "\"}");
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String form) {
        var found = new TreeMap<String, String>();
        for (String pair : form.split("&")) {
            String[] parts = pair.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    /** The browser begins; what it would ask the issuer is in {@link #ASKED} then. */
    private String begin(String next) throws Exception {
        Reply lead = page("GET", "/log-in/at/issuer?next=" + next, "").expect(302);
        URI there = URI.create(lead.header("Location"));
        assertThat(there.toString()).startsWith(issuer.name() + "/authorize?");
        ASKED.clear();
        ASKED.putAll(parameters(there.getRawQuery()));
        assertThat(lead.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Max-Age=600");
        return pair(lead.header("Set-Cookie"));
    }

    private Reply back(String cookie, String query) throws Exception {
        return page("GET", "/log-in/back?" + query, "", "Cookie", cookie).expect(302);
    }

    private Reply good(String cookie) throws Exception {
        return back(cookie, "code=good&state=" + ASKED.get("state").replace("=", "%3D"));
    }

    private static String pair(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String logInCookie(Reply reply) {
        return reply.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith("confab-log-in="))
                .findFirst().orElse("");
    }

    private static void failed(Reply reply, String reason) {
        assertThat(reply.header("Location")).contains("/log-in?failed=" + reason + "&next=/chat");
        assertThat(logInCookie(reply)).isEmpty();
    }

    @Test
    void the_browser_is_led_to_the_issuer_and_back_and_is_logged_in_then() throws Exception {
        assertThat(page("GET", "/log-in?next=" + NEXT, "").expect(200).body()).contains("Log in at 127.0.0.1",
                "/log-in/at/issuer?next=" + NEXT);

        Reply back = good(begin(NEXT));

        assertThat(ASKED).containsEntry("response_type", "code").containsEntry("client_id", "confab-pages")
                .containsEntry("audience", TestIssuer.AUDIENCE).containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "http://127.0.0.1:" + port + "/log-in/back")
                .containsKeys("state", "nonce");
        assertThat(ASKED.get("scope").split(" ")).containsExactlyInAnyOrder("openid", "read", "write");
        assertThat(back.header("Location")).endsWith(NEXT);
        assertThat(logInCookie(back)).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Max-Age");
        String cookie = pair(logInCookie(back));
        page("GET", "/chat", "", "Cookie", cookie).expect(200);
        String made = page("POST", "/api/v1/conversations", "{}", "Cookie", cookie, "HX-Request", "true").expect(201)
                .text("id");
        String ann = "Bearer " + issuer.sign(issuer.claims("ann", "read", clock.instant()));
        get("/conversations/" + made, "Authorization", ann).expect(200);
        assertThat(back.headers().allValues("Set-Cookie")).anyMatch(
                gone -> gone.startsWith("confab-log-in-under-way=;") && gone.contains("Max-Age=0"));
        assertThat(back.headers().map().toString()).doesNotContain("JSESSIONID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/api/v1/info", ""})
    void after_the_log_in_comes_a_page_of_this_service(String next) throws Exception {
        assertThat(good(begin(next)).header("Location")).endsWith("/chat");
    }

    @Test
    void a_browser_that_did_not_begin_is_not_logged_in() throws Exception {
        String mine = begin("/chat");

        failed(back("x=y", "code=good&state=" + ASKED.get("state")), "expired");
        failed(back("confab-log-in-under-way=forged", "code=good&state=" + ASKED.get("state")), "expired");
        failed(back(mine, "code=good&state=" + UUID.randomUUID()), "expired");
        failed(back(mine, "code=used&state=" + ASKED.get("state").replace("=", "%3D")), "expired");
        failed(back(mine, "x=y"), "failed");
    }

    @ParameterizedTest
    @CsvSource({"access_denied, refused", "server_error, unavailable", "invalid_scope, failed"})
    void the_issuers_refusal_is_told(String error, String reason) throws Exception {
        failed(back(begin("/chat"), "error=" + error + "&error_description=%3Cscript%3E&state="
                + ASKED.get("state").replace("=", "%3D")), reason);

        String page = page("GET", "/log-in?failed=" + reason, "").expect(200).body();
        assertThat(page).contains("127.0.0.1").contains("role=\"alert\"").doesNotContain("<script>");
        assertThat(page("GET", "/log-in?failed=nonsense", "").expect(200).body()).doesNotContain("nonsense");
    }

    @Test
    void an_id_token_of_another_log_in_or_for_another_client_is_refused() throws Exception {
        IDENTITY.set(claims -> claims.claim("nonce", "another"));
        failed(good(begin("/chat")), "failed");
        IDENTITY.set(claims -> claims.audience("another"));
        failed(good(begin("/chat")), "failed");
        IDENTITY.set(claims -> claims.issuer("https://another.example"));
        failed(good(begin("/chat")), "failed");
    }

    @Test
    void an_access_token_that_is_not_for_this_service_is_told_to_its_operator(CapturedOutput output) throws Exception {
        ACCESS.set(claims -> claims.audience("another"));

        failed(good(begin("/chat")), "unsuitable");

        assertThat(output.getAll()).contains("Log-in failed").contains("aud");
    }

    @Test
    void a_token_that_no_cookie_can_hold_is_refused() throws Exception {
        ACCESS.set(claims -> claims.claim("groups", "x".repeat(4000)));

        failed(good(begin("/chat")), "unsuitable");
    }

    @Test
    void an_issuer_that_is_away_is_said_to_be_so() throws Exception {
        String cookie = begin("/chat");
        issuer.fail(true);

        failed(good(cookie), "unavailable");
    }
}
