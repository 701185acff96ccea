package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.ui.UiPaths;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.web.client.RestClient;

/**
 * A person logs in at the issuer: the browser is led there and back with a code, for which this service gets an access token (OpenID
 * Connect Core 1.0, section 3.1; Spring Security's client). No session is kept on the way ({@link LogInUnderWay}) nor afterwards
 * ({@link LogInEnd}).
 */
final class RedirectLogIn implements Customizer<HttpSecurity> {
    private static final String BASE = UiPaths.LOG_IN_AT_ISSUER.substring(0,
            UiPaths.LOG_IN_AT_ISSUER.lastIndexOf('/'));
    private final JwtSettings settings;
    private final IssuerClient client;
    private final LogInUnderWay underWay;
    private final LogInEnd end;

    RedirectLogIn(JwtSettings settings, JwtSettings.Client client, LogInUnderWay underWay, LogInEnd end) {
        this.settings = settings;
        this.client = new IssuerClient(settings, client);
        this.underWay = underWay;
        this.end = end;
    }

    @Override
    public void customize(HttpSecurity http) {
        http.oauth2Login(logIn -> logIn.clientRegistrationRepository(client).authorizedClientRepository(end)
                .loginPage(UiPaths.LOG_IN).successHandler(end).failureHandler(end)
                .withObjectPostProcessor(failuresOnTheWayThereToo())
                .authorizationEndpoint(issuer -> issuer.authorizationRequestResolver(requests())
                        .authorizationRequestRepository(underWay))
                .redirectionEndpoint(back -> back.baseUri(UiPaths.LOG_IN_BACK))
                .tokenEndpoint(issuer -> issuer.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(none -> none.oidcUserService(
                        person -> new DefaultOidcUser(List.of(), person.getIdToken()))));
    }

    /** The filter that leads to the issuer has a failure handler of its own, which the configurer leaves as it is. */
    private ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> failuresOnTheWayThereToo() {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(end);
                return filter;
            }
        };
    }

    /**
     * Some issuers give a token for an API only if the request names it in {@code audience}. The others ignore that parameter (RFC 6749,
     * section 3.1).
     */
    private OAuth2AuthorizationRequestResolver requests() {
        var requests = new DefaultOAuth2AuthorizationRequestResolver(client, BASE);
        requests.setAuthorizationRequestCustomizer(request -> request
                .additionalParameters(parameters -> parameters.put("audience", settings.audience())));
        return requests;
    }

    /** Spring Security's client with a time limit. An answer of 5xx says that the issuer is unavailable, and not that it refuses the code. */
    private static OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
        var connections = new SimpleClientHttpRequestFactory();
        connections.setConnectTimeout(OpenIdConfiguration.TIMEOUT);
        connections.setReadTimeout(OpenIdConfiguration.TIMEOUT);
        var tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder().requestFactory(connections)
                .configureMessageConverters(converters -> converters.addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(HttpStatusCode::is5xxServerError, (_, _) -> {
                    throw new OAuth2AuthorizationException(new OAuth2Error(IssuerClient.UNAVAILABLE));
                }).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
        return tokens;
    }
}
