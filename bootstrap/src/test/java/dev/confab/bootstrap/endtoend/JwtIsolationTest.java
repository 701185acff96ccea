package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.confab.bootstrap.endtoend.ApiOperation.Belongings;
import dev.confab.bootstrap.endtoend.ApiOperation.Hidden;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation, called with tokens of an issuer that are not valid, on files. */
class JwtIsolationTest {
    private static final String ISSUER = "https://login.example";

    @TempDir
    Path directory;

    private final ECKey key = newKey("issuer");

    @Test
    void no_operation_accepts_a_token_that_is_not_valid_and_a_valid_one_acts_for_its_subject() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer.createContext("/keys", call -> {
            byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, keys.length);
            call.getResponseBody().write(keys);
            call.close();
        });
        issuer.start();
        try (var confab = RunningConfab.start(directory, "--confab.security=jwt", "--confab.jwt.issuer=" + ISSUER,
                "--confab.jwt.audience=confab",
                "--confab.jwt.jwk-set-uri=http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys")) {
            assertThat(status(confab, ApiOperation.all(unknown()).get("listConversations"), sign(claims(), key)))
                    .isEqualTo(200);
            for (var operation : ApiOperation.all(unknown()).entrySet()) {
                for (var token : invalid().entrySet()) {
                    assertThat(status(confab, operation.getValue(), token.getValue()))
                            .as(operation.getKey() + " with a token: " + token.getKey()).isEqualTo(401);
                }
                if (operation.getValue().hidden() == Hidden.ADMIN) {
                    assertThat(status(confab, operation.getValue(), sign(claims(), key))).as(operation.getKey())
                            .isEqualTo(403);
                }
            }
        } finally {
            issuer.stop(0);
        }
    }

    private Map<String, String> invalid() throws JOSEException {
        var now = Instant.now();
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("expired", sign(claims().issueTime(Date.from(now.minusSeconds(900)))
                .expirationTime(Date.from(now.minusSeconds(120))), key));
        tokens.put("not yet valid", sign(claims().notBeforeTime(Date.from(now.plusSeconds(300))), key));
        tokens.put("wrongly signed", sign(claims(), newKey("issuer")));
        tokens.put("alg none", new PlainJWT(claims().build()).serialize());
        tokens.put("wrong issuer", sign(claims().issuer("https://other.example"), key));
        tokens.put("wrong audience", sign(claims().audience("other"), key));
        tokens.put("no subject", sign(claims().subject(null), key));
        return tokens;
    }

    private static JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience("confab").subject("ann")
                .claim("scope", "read write").issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(600)));
    }

    private static String sign(JWTClaimsSet.Builder claims, ECKey by) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build(),
                claims.build());
        jwt.sign(new ECDSASigner(by));
        return jwt.serialize();
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Belongings unknown() {
        String id = new UUID(0x0198_c2f0_0000_7000L, 0x8000_0000_0000_0001L).toString();
        return new Belongings(id, id, id, id, "word", "{}", id, id, id);
    }

    private static int status(RunningConfab confab, ApiOperation operation, String token) throws Exception {
        var response = confab.call(operation.method(), operation.path(), operation.body(), "Authorization",
                "Bearer " + token);
        response.body().close();
        return response.statusCode();
    }
}
