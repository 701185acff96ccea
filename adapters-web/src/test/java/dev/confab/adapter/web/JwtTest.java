package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Log-in by JSON Web Tokens: who is refused, and for whom a token acts. */
@SpringBootTest(classes = JwtServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class JwtTest extends WebTest {
    private static final String AUTHORIZATION = "Authorization";

    @Autowired
    TestIssuer issuer;

    @Autowired
    TestClock clock;

    private JWTClaimsSet.Builder ann(String scope) {
        return issuer.claims("ann", scope, clock.instant());
    }

    private Reply list(String token) {
        return get("/conversations", AUTHORIZATION, "Bearer " + token);
    }

    private void refused(String token, String reason) {
        Reply reply = list(token).expectProblem(401, "unauthenticated");
        assertThat(reply.header("WWW-Authenticate"))
                .startsWith("Bearer realm=\"confab\", error=\"invalid_token\", error_description=\"").contains(reason);
        assertThat(reply.body() + reply.headers()).doesNotContain(token.substring(token.lastIndexOf('.') + 1).isEmpty()
                ? token
                : token.substring(token.lastIndexOf('.') + 1));
    }

    @Test
    void a_token_acts_for_its_subject_within_its_scopes() {
        String writer = "Bearer " + issuer.sign(ann("openid write read"));
        String path = "/conversations/" + post("/conversations", "{}", AUTHORIZATION, writer).expect(201).text("id");

        get(path, AUTHORIZATION, "Bearer " + issuer.sign(ann("read"))).expect(200);
        get(path, AUTHORIZATION, "Bearer " + issuer.sign(issuer.claims("bob", "read", clock.instant())))
                .expectProblem(404, "conversation-not-found");
        get(path, AUTHORIZATION, "Bearer " + issuer.sign(issuer.claims("backend", "read on-behalf", clock.instant())),
                "Confab-Owner", "ann").expect(200);
        get(path, AUTHORIZATION, writer, "Confab-Owner", "ann").expectProblem(403, "insufficient-scope");
        post("/conversations", "{}", AUTHORIZATION, "Bearer " + issuer.sign(ann("read"))).expectProblem(403,
                "insufficient-scope");
    }

    @Test
    void scopes_may_be_a_list_and_other_values_are_no_scopes() {
        list(issuer.sign(ann("").claim("scope", List.of("read", 7)))).expect(200);
        list(issuer.sign(ann("").claim("scope", List.of()))).expectProblem(403, "insufficient-scope");
        list(issuer.sign(ann("").claim("scope", null))).expectProblem(403, "insufficient-scope");
        list(issuer.sign(ann("").claim("scope", Map.of("read", true)))).expectProblem(403, "insufficient-scope");
        list(issuer.sign(ann("READ reader"))).expectProblem(403, "insufficient-scope");
    }

    @Test
    void times_are_checked() {
        var now = clock.instant();
        refused(issuer.sign(ann("read").issueTime(Date.from(now.minusSeconds(600)))
                .expirationTime(Date.from(now.minusSeconds(61)))), "expired");
        refused(issuer.sign(ann("read").notBeforeTime(Date.from(now.plusSeconds(90)))), "used before");
        refused(issuer.sign(ann("read").expirationTime(null)), "exp is required");
        // The clocks of the issuer and of this service may differ by a minute.
        list(issuer.sign(ann("read").issueTime(Date.from(now.minusSeconds(600)))
                .expirationTime(Date.from(now.minusSeconds(30))))).expect(200);
    }

    @Test
    void issuer_audience_and_subject_are_checked() {
        refused(issuer.sign(ann("read").issuer("https://other.example")), "iss");
        refused(issuer.sign(ann("read").issuer(null)), "iss");
        refused(issuer.sign(ann("read").audience("other")), "aud");
        refused(issuer.sign(ann("read").audience((String) null)), "aud");
        refused(issuer.sign(ann("read").subject(null)), "");
        refused(issuer.sign(ann("read").subject("")), "");
        refused(issuer.sign(ann("read").subject("a".repeat(201))), "");
    }

    @Test
    void signatures_are_checked() throws Exception {
        refused(new PlainJWT(ann("read").build()).serialize(), "");
        refused(TestIssuer.sign(ann("read"), TestIssuer.newKey(issuer.key().getKeyID()), JOSEObjectType.JWT), "");
        String good = issuer.sign(ann("read"));
        String payload = new String(Base64.getUrlDecoder().decode(good.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder().withoutPadding()
                .encodeToString(payload.replace("ann", "eve").getBytes(StandardCharsets.UTF_8));
        refused(good.split("\\.", -1)[0] + "." + forged + "." + good.split("\\.", -1)[2], "");
        refused(good.substring(0, good.lastIndexOf('.') + 1), "");
        // The public key must not pass for a shared secret.
        var shared = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
                ann("read").build());
        shared.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
        refused(shared.serialize(), "");
        for (String malformed : List.of("a", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.")) {
            list(malformed).expectProblem(401, "unauthenticated");
        }
    }

    @Test
    void access_tokens_are_accepted_and_tokens_of_other_kinds_are_not() {
        list(TestIssuer.sign(ann("read"), issuer.key(), new JOSEObjectType("at+jwt"))).expect(200);
        list(TestIssuer.sign(ann("read"), issuer.key(), null)).expect(200);
        refused(TestIssuer.sign(ann("read"), issuer.key(), new JOSEObjectType("dpop+jwt")), "typ");
        refused(issuer.sign(ann("read").claim("cnf", Map.of("jkt", "x"))), "cnf");
    }

    @Test
    void the_stream_of_an_expired_token_ends() throws Exception {
        String token = issuer.sign(issuer.claims("ann", "read", clock.instant()));
        try (var stream = new EventClient(uri("/events"), AUTHORIZATION, "Bearer " + token)) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            clock.putForward(Duration.ofMinutes(12));

            var event = stream.next();
            while (event.event().equals(":")) {
                event = stream.next();
            }
            assertThat(event.event()).isEqualTo("end");
        }
    }

    @Test
    void a_subject_cannot_write_lines_of_the_log(CapturedOutput output) {
        String subject = "ann\nERROR forged";

        list(issuer.sign(issuer.claims(subject, "read", clock.instant()))).expect(200);
        list(issuer.sign(issuer.claims(subject, "", clock.instant()))).expect(403);

        assertThat(output.getOut().lines()).noneMatch(line -> line.startsWith("ERROR forged"));
    }
}
