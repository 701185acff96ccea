package dev.confab.adapter.web.security.issuer;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.ui.LogIn;
import dev.confab.adapter.web.ui.LogInFailure;
import dev.confab.adapter.web.ui.UiPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.client.ResourceAccessException;

/**
 * How a log-in at the issuer ends. The access token goes into the same cookie as a token that a person typed, after the same checks, and
 * each request is checked by it; the ID token is of no further use, and a refresh token is not kept.
 */
final class LogInEnd
        implements
            OAuth2AuthorizedClientRepository,
            AuthenticationSuccessHandler,
            AuthenticationFailureHandler {
    private static final String UNSUITABLE = "unsuitable_token";
    private final LogIn cookies;
    private final AuditLog audit;

    LogInEnd(LogIn cookies, AuditLog audit) {
        this.cookies = cookies;
        this.audit = audit;
    }

    @Override
    public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person, HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var cookie = cookies.cookie(client.getAccessToken().getTokenValue(), request);
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        } catch (ProblemException refused) {
            String error = refused.code() == ProblemCode.ISSUER_UNAVAILABLE ? IssuerClient.UNAVAILABLE : UNSUITABLE;
            throw new OAuth2AuthenticationException(new OAuth2Error(error),
                    String.valueOf(refused.getBody().getDetail()), refused);
        }
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication person)
            throws IOException {
        response.sendRedirect(LogInUnderWay.next(request));
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException failure) throws IOException {
        LogInFailure reason = reason(failure);
        if (reason == LogInFailure.FAILED) {
            audit.logInFailed("At the issuer: " + failure.getMessage(), Optional.empty(), request.getRemoteAddr());
        }
        response.sendRedirect(
                UiPaths.LOG_IN + "?failed=" + reason.code() + "&next=" + LogInUnderWay.next(request));
    }

    private static LogInFailure reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceAccessException) {
                return LogInFailure.UNAVAILABLE;
            }
        }
        return switch (code(failure)) {
            case OAuth2ErrorCodes.ACCESS_DENIED, "login_required", "consent_required" -> LogInFailure.REFUSED;
            case IssuerClient.UNAVAILABLE, OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE, OAuth2ErrorCodes.SERVER_ERROR ->
                LogInFailure.UNAVAILABLE;
            case "authorization_request_not_found", "invalid_state_parameter", OAuth2ErrorCodes.INVALID_GRANT ->
                LogInFailure.EXPIRED;
            case UNSUITABLE -> LogInFailure.UNSUITABLE;
            default -> LogInFailure.FAILED;
        };
    }

    /** The code of the first error among the causes, as OAuth 2.0 or Spring Security names it. */
    private static String code(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "";
            case OAuth2AuthenticationException refused -> refused.getError().getErrorCode();
            case OAuth2AuthorizationException refused -> refused.getError().getErrorCode();
            default -> code(failure.getCause());
        };
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String client, Authentication person,
            HttpServletRequest request) {
        return null;
    }

    @Override
    public void removeAuthorizedClient(String client, Authentication person, HttpServletRequest request,
            HttpServletResponse response) {
        // Nothing is kept but the cookie.
    }
}
