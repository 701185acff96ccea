package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.ui.UiPaths;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * This service as a client of its issuer. The issuer's addresses are fetched when the first person logs in, so the issuer need not run
 * when this service starts, and are kept then.
 */
final class IssuerClient implements ClientRegistrationRepository {
    /** The one client, as the last part of {@link UiPaths#LOG_IN_AT_ISSUER}. */
    static final String ID = UiPaths.LOG_IN_AT_ISSUER.substring(UiPaths.LOG_IN_AT_ISSUER.lastIndexOf('/') + 1);
    /** The code of the error when the issuer's addresses cannot be fetched. */
    static final String UNAVAILABLE = "issuer_unavailable";
    private static final Logger LOG = LoggerFactory.getLogger(IssuerClient.class);
    private final JwtSettings settings;
    private final JwtSettings.Client client;
    /** Null until it is known. Two threads may both fetch it, and find the same. */
    private volatile @Nullable ClientRegistration known;

    IssuerClient(JwtSettings settings, JwtSettings.Client client) {
        this.settings = settings;
        this.client = client;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        ClientRegistration registration = known;
        if (registration == null) {
            registration = discovered();
            known = registration;
        }
        return registration;
    }

    /** PKCE (RFC 7636) is used with a secret too, which is the default of a registration. */
    private ClientRegistration discovered() {
        try {
            var registration = ClientRegistrations
                    .fromOidcConfiguration(new OpenIdConfiguration(settings.issuer()).fetch())
                    .registrationId(ID).clientId(client.id()).redirectUri("{baseUrl}" + UiPaths.LOG_IN_BACK)
                    .scope(Stream.concat(Stream.of("openid"), client.scopes().stream()).distinct().toList());
            client.secret().ifPresentOrElse(registration::clientSecret,
                    () -> registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE));
            return registration.build();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("Nobody can log in at the issuer {}: its OpenID configuration cannot be used: {}",
                    settings.issuer(), e.toString());
            throw new OAuth2AuthenticationException(new OAuth2Error(UNAVAILABLE), e);
        }
    }
}
