package dev.confab.adapter.web.security;

import dev.confab.application.ApiKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;

/** Callers log in with API keys, which this service made. */
@Import(LogInConfiguration.class)
public final class ApiKeyLogIn {
    @Bean
    AuthenticationProvider tokens(ApiKeys keys) {
        var introspector = new ApiKeyIntrospector(keys);
        var provider = new OpaqueTokenAuthenticationProvider(introspector);
        provider.setAuthenticationConverter((_, principal) -> introspector.loggedIn(principal));
        return provider;
    }
}
