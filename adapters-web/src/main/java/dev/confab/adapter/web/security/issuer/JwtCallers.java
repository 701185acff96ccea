package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.request.Caller.Credential;
import dev.confab.adapter.web.security.LoggedIn;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** The caller that a valid JWT names: its subject is the owner. */
final class JwtCallers implements Converter<Jwt, AbstractAuthenticationToken> {
    private final String scopeClaim;
    private final InstantSource clock;

    JwtCallers(String scopeClaim, InstantSource clock) {
        this.scopeClaim = scopeClaim;
        this.clock = clock;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt jwt) {
        OwnerId owner = owner(jwt);
        var expiresAt = Optional.ofNullable(jwt.getExpiresAt()).orElse(Instant.EPOCH);
        return new LoggedIn("subject " + owner, owner, scopes(jwt), new TokenCredential(expiresAt, clock),
                Limits.NONE);
    }

    private static OwnerId owner(Jwt jwt) {
        try {
            return new OwnerId(Optional.ofNullable(jwt.getSubject()).orElse(""));
        } catch (InvalidValue refused) {
            throw new InvalidBearerTokenException("The subject " + refused.reason(), refused);
        }
    }

    /** The claim is text with spaces between the scopes (RFC 8693, section 4.2), or a list of them. */
    private Collection<GrantedAuthority> scopes(Jwt jwt) {
        List<String> scopes = switch (jwt.<Object>getClaim(scopeClaim)) {
            case String text -> List.of(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            case null -> List.of();
            default -> List.of();
        };
        return scopes.stream()
                .<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(LoggedIn.SCOPE_PREFIX + scope)).toList();
    }

    /** Valid for as long as the token would be accepted by a new request. */
    private record TokenCredential(Instant expiresAt, InstantSource clock) implements Credential {
        @Override
        public boolean isValid() {
            return !clock.instant().minus(JwtSettings.CLOCK_SKEW).isAfter(expiresAt);
        }
    }
}
