package dev.confab.adapter.web.security.browser;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.LogIn;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.port.StorageException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Log-in by a browser: the token is in a cookie then, {@linkplain CookieSeal sealed}. The header {@code Authorization} comes first. A
 * stolen cookie is of no use as a token elsewhere, and a key that is revoked ends the log-in at once, because each request is checked as
 * if it had brought the token itself.
 *
 * <p>A browser sends its cookies with requests that other sites made it send. So with a cookie a request that changes something must have
 * the header {@code HX-Request}, which no form of another site can have and no script of one may set (CORS); {@code OriginFilter} has
 * refused what comes from other origins before.
 */
public final class CookieLogIn implements AuthenticationConverter, LogIn {
    private static final String COOKIE = "confab-log-in";
    /** Browsers keep cookies of 4,096 bytes, with their name and attributes. */
    private static final int MAX_LENGTH = 4_000;
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private final AuthenticationConverter header = new BearerTokenAuthenticationConverter();
    private final CookieSeal seal;
    private final AuthenticationProvider tokens;
    private final AuditLog audit;
    private final Function<AuthenticationException, String> reasons;
    private final Duration retryAfter;
    private final Optional<String> issuer;

    /**
     * @param reasons why a token was refused, to be told
     * @param jwt how the issuer's tokens are accepted; empty if no issuer's are
     */
    public CookieLogIn(WebSettings settings, AuthenticationProvider tokens, AuditLog audit,
            Function<AuthenticationException, String> reasons, Optional<JwtSettings> jwt) {
        this.seal = new CookieSeal(settings, "confab log-in cookie");
        this.tokens = tokens;
        this.audit = audit;
        this.reasons = reasons;
        this.retryAfter = settings.retryAfter();
        this.issuer = jwt.filter(accepted -> accepted.client().isPresent()).map(JwtSettings::issuerHost);
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication token = header.convert(request);
        boolean mayUseCookie = READS.contains(request.getMethod()) || request.getHeader("HX-Request") != null;
        return token != null || !mayUseCookie
                ? token
                : HttpOnlyCookies.find(COOKIE, request).flatMap(seal::open).map(BearerTokenAuthenticationToken::new)
                        .orElse(null);
    }

    @Override
    public ResponseCookie cookie(String token, HttpServletRequest request) {
        try {
            tokens.authenticate(new BearerTokenAuthenticationToken(token));
        } catch (AuthenticationServiceException unknown) {
            if (NestedExceptionUtils.getRootCause(unknown) instanceof StorageException failed) {
                throw failed;
            }
            throw ProblemException.later(ProblemCode.ISSUER_UNAVAILABLE, ProblemCode.ISSUER_UNAVAILABLE.explanation(),
                    true, retryAfter);
        } catch (AuthenticationException refused) {
            throw failed(ProblemCode.UNAUTHENTICATED, reasons.apply(refused), token, request);
        }
        String sealed = seal.seal(token);
        if (sealed.length() > MAX_LENGTH) {
            throw failed(ProblemCode.INVALID_REQUEST, "The token has " + token.length()
                    + " characters, which is more than a browser keeps in a cookie; about 2,900 fit.", token, request);
        }
        return HttpOnlyCookies.make(COOKIE, sealed, request).build();
    }

    private ProblemException failed(ProblemCode code, String reason, String token, HttpServletRequest request) {
        audit.logInFailed(reason, ApiKeyToken.parse(token).map(key -> key.id().toString()), request.getRemoteAddr());
        return new ProblemException(code, reason);
    }

    @Override
    public ResponseCookie noCookie(HttpServletRequest request) {
        return HttpOnlyCookies.make(COOKIE, "", request).maxAge(0).build();
    }

    @Override
    public Optional<String> issuer() {
        return issuer;
    }
}
