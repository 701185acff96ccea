package dev.confab.adapter.web.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which JSON Web Tokens are accepted.
 *
 * @param issuer the claim {@code iss} that a token must have
 * @param audience a value that the claim {@code aud} must contain
 * @param jwkSetUri where the issuer publishes its keys; if empty, the address is taken from its OpenID configuration
 * @param scopeClaim the claim that lists the scopes, as text with spaces between or as a list
 * @param algorithms the signatures that are accepted
 * @param client as what this service asks the issuer to log a person with a browser in; if empty, it never asks
 */
public record JwtSettings(String issuer, String audience, Optional<URI> jwkSetUri, String scopeClaim,
        Set<Algorithm> algorithms, Optional<Client> client) {
    /** How far the clocks of the issuer and of this service may differ. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    public JwtSettings {
        algorithms = Set.copyOf(algorithms);
    }

    /** The host of the issuer, for a person to read. */
    public String issuerHost() {
        return Optional.ofNullable(URI.create(issuer).getHost()).orElse(issuer);
    }

    /** Signatures by the issuer's private key (RFC 7518). Those by a shared secret, and none at all, are not accepted. */
    public enum Algorithm {
        RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512
    }

    /**
     * A client of the issuer, in the sense of OpenID Connect.
     *
     * @param id under which the issuer knows this service
     * @param secret if the issuer has given it one
     * @param scopes that are asked for, besides {@code openid}
     */
    public record Client(String id, Optional<String> secret, Set<String> scopes) {
        public Client {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Client[id=" + id + ", scopes=" + scopes + "]";
        }
    }
}
