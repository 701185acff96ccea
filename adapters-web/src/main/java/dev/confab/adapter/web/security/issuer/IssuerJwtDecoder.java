package dev.confab.adapter.web.security.issuer;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.confab.adapter.web.settings.JwtSettings;
import java.time.Clock;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Spring Security's decoder with this service's rules. Throws {@link BadJwtException} for a token that is not valid, and another
 * {@link JwtException} only when the issuer's keys are needed and cannot be fetched.
 */
final class IssuerJwtDecoder implements JwtDecoder {
    private final IssuerKeys keys;
    private final NimbusJwtDecoder decoder;

    IssuerJwtDecoder(JwtSettings settings, IssuerKeys keys, Clock clock) {
        this.keys = keys;
        this.decoder = signedBy(keys, settings);
        decoder.setJwtValidator(validator(settings, clock));
    }

    /** Decodes what the issuer has signed in an accepted way, with Spring Security's default rules for the claims. */
    static NimbusJwtDecoder signedBy(IssuerKeys keys, JwtSettings settings) {
        return NimbusJwtDecoder.withJwkSource(keys.remembering())
                .jwsAlgorithms(allowed -> settings.algorithms()
                        .forEach(algorithm -> allowed.add(SignatureAlgorithm.from(algorithm.name()))))
                .build();
    }

    private static OAuth2TokenValidator<Jwt> validator(JwtSettings settings, Clock clock) {
        var times = new JwtTimestampValidator(JwtSettings.CLOCK_SKEW);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        // An access token has the second type if its issuer follows RFC 9068.
        var types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(List.of(times, new JwtIssuerValidator(settings.issuer()),
                new JwtAudienceValidator(settings.audience()), types, IssuerJwtDecoder::requireUnbound));
    }

    /** A token that is bound to a key (RFC 7800) proves nothing without that key, which Confab does not check. */
    private static OAuth2TokenValidatorResult requireUnbound(Jwt jwt) {
        return jwt.hasClaim("cnf")
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN,
                        "Tokens that are bound to a key (claim cnf) are not supported", null))
                : OAuth2TokenValidatorResult.success();
    }

    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException invalid) {
            throw invalid;
        } catch (JwtException failed) {
            throw isOutage(failed) ? failed : new BadJwtException(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** Keys that were fetched a moment ago are not fetched again: the token's key is then not among them. */
    private boolean isOutage(JwtException failed) {
        return failed.getCause() instanceof KeySourceException
                && !(failed.getCause() instanceof RateLimitReachedException && keys.isReachable());
    }
}
