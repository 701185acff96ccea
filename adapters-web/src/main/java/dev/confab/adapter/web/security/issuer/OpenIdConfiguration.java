package dev.confab.adapter.web.security.issuer;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What an issuer publishes about itself (OpenID Connect Discovery 1.0, section 4), read within bounds of time and size. */
final class OpenIdConfiguration {
    /** For connecting to an issuer, and for its answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {
    };
    private final String issuer;

    OpenIdConfiguration(String issuer) {
        this.issuer = issuer;
    }

    static ResourceRetriever web() {
        int millis = (int) TIMEOUT.toMillis();
        return new DefaultResourceRetriever(millis, millis, MAX_BYTES);
    }

    /**
     * Fetches it.
     *
     * @return its members, of which {@code issuer} is this issuer
     * @throws IOException if it cannot be fetched, is malformed or that of another issuer
     */
    Map<String, Object> fetch() throws IOException {
        String place = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        Map<String, Object> members;
        try {
            members = JsonMapper.shared().readValue(
                    web().retrieveResource(URI.create(place).toURL()).getContent(), MEMBERS);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("The OpenID configuration at " + place + " is malformed", e);
        }
        if (!issuer.equals(members.get("issuer"))) {
            throw new IOException("The OpenID configuration at " + place + " is of another issuer");
        }
        return members;
    }
}
