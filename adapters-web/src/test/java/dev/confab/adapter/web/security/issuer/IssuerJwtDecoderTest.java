package dev.confab.adapter.web.security.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.RSAKey;
import dev.confab.adapter.web.TestIssuer;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.settings.JwtSettings.Algorithm;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/** The issuer's keys: rotation, tokens with unknown keys, and an issuer that is away. */
class IssuerJwtDecoderTest {
    private static final RSAKey UNKNOWN = TestIssuer.newKey("unknown");
    private final TestIssuer issuer = new TestIssuer();
    private final IssuerJwtDecoder decoder = decoder(Optional.empty());

    private IssuerJwtDecoder decoder(Optional<URI> keys) {
        return decoder(issuer.name(), keys);
    }

    private static IssuerJwtDecoder decoder(String issuer, Optional<URI> keys) {
        var settings = new JwtSettings(issuer, TestIssuer.AUDIENCE, keys, "scope", Set.of(Algorithm.RS256),
                Optional.empty());
        return new IssuerJwtDecoder(settings, new IssuerKeys(settings), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String token() {
        return issuer.sign(issuer.claims("ann", "read", Instant.now()));
    }

    private String tokenWithUnknownKey() {
        return TestIssuer.sign(issuer.claims("ann", "read", Instant.now()), UNKNOWN, JOSEObjectType.JWT);
    }

    @Test
    void keys_are_fetched_once_and_again_when_the_issuer_has_rotated_them() {
        String old = token();
        decoder.decode(old);
        decoder.decode(token());
        assertThat(issuer.fetches()).isEqualTo(1);

        issuer.rotate("second");
        assertThat(decoder.decode(token()).getSubject()).isEqualTo("ann");

        assertThat(issuer.fetches()).isEqualTo(2);
        assertThatThrownBy(() -> decoder.decode(old)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void many_tokens_with_unknown_keys_are_invalid_and_cost_the_issuer_few_fetches() {
        decoder.decode(token());

        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> decoder.decode(tokenWithUnknownKey())).isInstanceOf(BadJwtException.class);
        }

        // Two in each 30 s that the loop took.
        assertThat(issuer.fetches()).isBetween(2, 50);
        decoder.decode(token());
    }

    @Test
    void while_the_issuer_is_away_known_keys_go_on_and_tokens_with_others_cannot_be_checked() {
        decoder.decode(token());
        issuer.fail(true);

        decoder.decode(token());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> decoder.decode(tokenWithUnknownKey())).isInstanceOf(JwtException.class)
                    .isNotInstanceOf(BadJwtException.class);
        }
        decoder.decode(token());
    }

    @Test
    void the_address_of_the_keys_may_be_given_instead_of_the_issuers_configuration() {
        var direct = decoder(Optional.of(URI.create(issuer.name() + "/keys")));

        assertThat(direct.decode(token()).getSubject()).isEqualTo("ann");
    }

    @Test
    void a_configuration_of_another_issuer_is_not_believed() {
        var other = decoder(issuer.name() + "/", Optional.empty());

        assertThatThrownBy(() -> other.decode(token())).isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
        assertThat(issuer.fetches()).isZero();
    }
}
