package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

/** A server whose issuer has not answered yet. */
@SpringBootTest(classes = JwtServer.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.application.name=issuer-down")
@DirtiesContext
class IssuerDownTest extends WebTest {
    @Autowired
    TestIssuer issuer;

    @Autowired
    TestClock clock;

    @Test
    void a_token_that_cannot_be_checked_is_answered_503_and_one_that_needs_no_key_is_answered_401() {
        issuer.fail(true);
        String token = issuer.sign(issuer.claims("ann", "read", clock.instant()));

        Reply unknown = get("/conversations", "Authorization", "Bearer " + token).expectProblem(503,
                "issuer-unavailable");

        assertThat(unknown.header("Retry-After")).isEqualTo("2");
        assertThat(unknown.json().get("repeatable").booleanValue()).isTrue();
        get("/conversations", "Authorization", "Bearer x").expectProblem(401, "unauthenticated");
        get("/conversations").expectProblem(401, "unauthenticated");
        issuer.fail(false);
        get("/conversations", "Authorization", "Bearer " + token).expect(200);
    }

    @Test
    void nobody_can_log_in_at_an_issuer_that_is_away_and_can_when_it_is_back() throws Exception {
        issuer.fail(true);
        assertThat(page("GET", "/log-in/at/issuer", "").expect(302).header("Location"))
                .contains("/log-in?failed=unavailable");

        issuer.fail(false);
        assertThat(page("GET", "/log-in/at/issuer", "").expect(302).header("Location"))
                .startsWith(issuer.name() + "/authorize?");
        assertThat(page("GET", "/log-in/at/another", "").expect(302).header("Location"))
                .contains("/log-in?failed=failed");
    }
}
