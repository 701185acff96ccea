package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.security.browser.CookieSeal;
import dev.confab.adapter.web.security.browser.HttpOnlyCookies;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.UiPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this service must know when the issuer leads a browser back. The browser keeps it in a sealed cookie, so the log-in may end on
 * another instance. A second log-in in the same browser replaces the first.
 */
final class LogInUnderWay implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private static final String COOKIE = "confab-log-in-under-way";
    private static final String NEXT = LogInUnderWay.class.getName() + ".next";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private final CookieSeal seal;
    private final JsonMapper json = JsonMapper.shared();

    LogInUnderWay(WebSettings settings) {
        this.seal = new CookieSeal(settings, "confab log-in under way");
    }

    /**
     * The parts of an authorization request that are looked at again. The whole would not fit into a cookie.
     *
     * @param next the page to show after the log-in
     */
    record Kept(String next, String uri, String clientId, String redirectUri, String state, String nonce,
            String verifier) {
        static Kept of(OAuth2AuthorizationRequest begun, String next) {
            return new Kept(next, begun.getAuthorizationUri(), begun.getClientId(),
                    String.valueOf(begun.getRedirectUri()), String.valueOf(begun.getState()),
                    String.valueOf(begun.<Object>getAttribute(OidcParameterNames.NONCE)),
                    String.valueOf(begun.<Object>getAttribute(PkceParameterNames.CODE_VERIFIER)));
        }

        OAuth2AuthorizationRequest request() {
            return OAuth2AuthorizationRequest.authorizationCode().authorizationUri(uri).clientId(clientId)
                    .redirectUri(redirectUri).scope(OidcScopes.OPENID).state(state)
                    .attributes(attributes -> attributes.putAll(Map.of(
                            OAuth2ParameterNames.REGISTRATION_ID, IssuerClient.ID, OidcParameterNames.NONCE, nonce,
                            PkceParameterNames.CODE_VERIFIER, verifier)))
                    .build();
        }
    }

    /** The page to show after a log-in that {@link #removeAuthorizationRequest} found in the cookie. */
    static String next(HttpServletRequest request) {
        return UiPaths.afterLogIn(Optional.ofNullable((String) request.getAttribute(NEXT)));
    }

    @Override
    public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request,
            HttpServletResponse response) {
        if (begun != null) {
            String next = UiPaths.afterLogIn(Optional.ofNullable(request.getParameter("next")));
            String sealed = seal.seal(json.writeValueAsString(Kept.of(begun, next)));
            set(HttpOnlyCookies.make(COOKIE, sealed, request).maxAge(PATIENCE), response);
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
            HttpServletResponse response) {
        set(HttpOnlyCookies.make(COOKIE, "", request).maxAge(0), response);
        return loadAuthorizationRequest(request);
    }

    private static void set(ResponseCookie.ResponseCookieBuilder cookie, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Kept kept = HttpOnlyCookies.find(COOKIE, request).flatMap(seal::open).flatMap(this::read).orElse(null);
        if (kept == null) {
            return null;
        }
        request.setAttribute(NEXT, kept.next());
        return kept.request();
    }

    /** Empty for the cookie of another version of this service. */
    private Optional<Kept> read(String text) {
        try {
            return Optional.of(json.readValue(text, Kept.class));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
