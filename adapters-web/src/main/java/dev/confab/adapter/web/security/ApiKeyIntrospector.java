package dev.confab.adapter.web.security;

import dev.confab.adapter.web.request.Caller.Credential;
import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.port.StorageException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Looks API keys up. */
final class ApiKeyIntrospector implements OpaqueTokenIntrospector {
    private final ApiKeys keys;

    ApiKeyIntrospector(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        return find(token).map(Principal::new).orElseThrow(
                () -> new BadOpaqueTokenException("The API key is malformed, unknown, expired or revoked."));
    }

    /** When the store fails, it is unknown whether the key is valid. */
    private Optional<ApiKey> find(String token) {
        try {
            return keys.authenticate(token);
        } catch (StorageException unknown) {
            throw new OAuth2IntrospectionException("The API key could not be looked up.", unknown);
        }
    }

    /** The caller for a key that {@link #introspect} found. */
    Authentication loggedIn(OAuth2AuthenticatedPrincipal principal) {
        ApiKey key = ((Principal) principal).key();
        return new LoggedIn("key " + key.id(), key.owner(), principal.getAuthorities(),
                new KeyCredential(key.id(), keys), key.limits());
    }

    /** A key, in the form that Spring Security passes on. */
    private record Principal(ApiKey key) implements OAuth2AuthenticatedPrincipal {
        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return LoggedIn.authorities(key.scopes());
        }

        @Override
        public String getName() {
            return key.id().toString();
        }
    }

    private record KeyCredential(ApiKeyId id, ApiKeys keys) implements Credential {
        @Override
        public boolean isValid() {
            return keys.isUsable(id);
        }
    }
}
