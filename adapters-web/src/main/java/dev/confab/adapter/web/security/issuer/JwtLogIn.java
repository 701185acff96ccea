package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.security.LogInConfiguration;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.LogIn;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Callers log in with JSON Web Tokens (RFC 7519) of one issuer; a person with a browser may be led to the issuer and back. */
@Import(LogInConfiguration.class)
public final class JwtLogIn {
    @Bean
    IssuerKeys issuerKeys(JwtSettings settings) {
        return new IssuerKeys(settings);
    }

    @Bean
    AuthenticationProvider tokens(JwtSettings settings, IssuerKeys keys, Clock clock) {
        var provider = new JwtAuthenticationProvider(new IssuerJwtDecoder(settings, keys, clock));
        provider.setJwtAuthenticationConverter(new JwtCallers(settings.scopeClaim(), clock));
        return provider;
    }

    /** Spring Security applies it to the filter chain. */
    @Bean
    Customizer<HttpSecurity> logInAtIssuer(JwtSettings settings, WebSettings web, LogIn cookies, AuditLog audit) {
        return settings.client().<Customizer<HttpSecurity>>map(client -> new RedirectLogIn(settings, client,
                new LogInUnderWay(web), new LogInEnd(cookies, audit))).orElse(Customizer.withDefaults());
    }

    /** Spring Security checks ID tokens with it, which are for this client and not for the API. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(JwtSettings settings, IssuerKeys keys, Clock clock) {
        return client -> {
            var rules = new OidcIdTokenValidator(client);
            rules.setClock(clock);
            rules.setClockSkew(JwtSettings.CLOCK_SKEW);
            NimbusJwtDecoder decoder = IssuerJwtDecoder.signedBy(keys, settings);
            decoder.setJwtValidator(rules);
            return decoder;
        };
    }
}
