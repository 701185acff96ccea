package dev.confab.adapter.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens on this machine, with its OpenID configuration and its JWK set. A test can rotate its key and make it fail. */
public final class TestIssuer implements AutoCloseable {
    public static final String AUDIENCE = "confab";
    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key = newKey("first");
    private volatile boolean failing;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", call -> answer(call, """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize",
                "token_endpoint":"%1$s/token","subject_types_supported":["public"],"response_types_supported":["code"],
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(name())));
        server.createContext("/keys", call -> {
            fetches.incrementAndGet();
            answer(call, new JWKSet(List.of(key)).toString());
        });
        server.start();
    }

    /** Has this issuer give tokens for codes. */
    public void give(HttpHandler tokens) {
        server.createContext("/token", tokens);
    }

    void answer(HttpExchange call, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(failing ? 500 : 200, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    public String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void fail(boolean fails) {
        failing = fails;
    }

    /** How often the JWK set was fetched. */
    public int fetches() {
        return fetches.get();
    }

    /** From now on tokens are signed by another key, the only one that the JWK set has. */
    public void rotate(String keyId) {
        key = newKey(keyId);
    }

    public RSAKey key() {
        return key;
    }

    public static RSAKey newKey(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a good token for ten minutes. */
    public JWTClaimsSet.Builder claims(String subject, String scope, Instant now) {
        return new JWTClaimsSet.Builder().issuer(name()).audience(List.of("other", AUDIENCE)).subject(subject)
                .claim("scope", scope).issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(600)));
    }

    public String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, key, JOSEObjectType.JWT);
    }

    public static String sign(JWTClaimsSet.Builder claims, RSAKey by, JOSEObjectType type) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).type(type).build();
            var jwt = new SignedJWT(header, claims.build());
            jwt.sign(new RSASSASigner(by));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
