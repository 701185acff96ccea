package dev.confab.adapter.web.security;

import dev.confab.adapter.web.settings.JwtSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Callers log in with JSON Web Tokens (RFC 7519) of one issuer. */
@Import(LogInConfiguration.class)
public final class JwtLogIn {
    @Bean
    AuthenticationProvider tokens(JwtSettings settings, Clock clock) {
        var provider = new JwtAuthenticationProvider(new IssuerJwtDecoder(settings, clock));
        provider.setJwtAuthenticationConverter(new JwtCallers(settings.scopeClaim(), clock));
        return provider;
    }
}
