package dev.confab.adapter.web.security.browser;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.LogIn;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.port.StorageException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Log-in by a browser: the token is in a cookie then, {@linkplain SealedToken sealed}. The header {@code Authorization} comes first.
 *
 * <p>A browser sends its cookies with requests that other sites made it send. So with a cookie a request that changes something must have
 * the header {@code HX-Request}, which no form of another site can have and no script of one may set (CORS); {@code OriginFilter} has
 * refused what comes from other origins before.
 */
public final class CookieLogIn implements AuthenticationConverter, LogIn {
    private static final String REFUSED = "The token is malformed, unknown, expired, revoked or wrongly signed.";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private final AuthenticationConverter header = new BearerTokenAuthenticationConverter();
    private final SealedToken sealed;
    private final AuthenticationProvider tokens;
    private final AuditLog audit;
    private final Duration retryAfter;

    public CookieLogIn(WebSettings settings, AuthenticationProvider tokens, AuditLog audit) {
        this.sealed = new SealedToken(settings);
        this.tokens = tokens;
        this.audit = audit;
        this.retryAfter = settings.retryAfter();
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication token = header.convert(request);
        boolean mayUseCookie = READS.contains(request.getMethod()) || request.getHeader("HX-Request") != null;
        return token != null || !mayUseCookie || request.getCookies() == null
                ? token
                : Stream.of(request.getCookies()).filter(cookie -> cookie.getName().equals(COOKIE)).findFirst()
                        .map(Cookie::getValue).flatMap(sealed::open).map(BearerTokenAuthenticationToken::new)
                        .orElse(null);
    }

    @Override
    public String cookie(String token, String address) {
        try {
            tokens.authenticate(new BearerTokenAuthenticationToken(token));
        } catch (AuthenticationServiceException unknown) {
            if (NestedExceptionUtils.getRootCause(unknown) instanceof StorageException failed) {
                throw failed;
            }
            throw ProblemException.later(ProblemCode.ISSUER_UNAVAILABLE, ProblemCode.ISSUER_UNAVAILABLE.explanation(),
                    true, retryAfter);
        } catch (AuthenticationException refused) {
            audit.logInFailed(REFUSED, ApiKeyToken.parse(token).map(key -> key.id().toString()), address);
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, REFUSED);
        }
        return sealed.seal(token);
    }
}
