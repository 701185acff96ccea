package dev.confab.adapter.web.security;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.domain.access.ApiKeyToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Refuses a request as a problem, with the parameters of {@code WWW-Authenticate} that RFC 6750 (section 3) names. */
final class LogInProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"confab\"";
    private final ProblemAdvice problems;
    private final WebSettings settings;
    private final AuditLog audit;

    LogInProblems(ProblemAdvice problems, WebSettings settings, AuditLog audit) {
        this.problems = problems;
        this.settings = settings;
        this.audit = audit;
    }

    /** A request without a token, for a call that needs one; or with an unreadable one, before it was looked up. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (isPage(request)) {
            sendToLogIn(request, response);
        } else if (refusal instanceof OAuth2AuthenticationException) {
            onAuthenticationFailure(request, response, refusal);
        } else {
            ProblemWriter.write(new ProblemException(ProblemCode.UNAUTHENTICATED,
                    "The call needs a bearer token in the header Authorization.")
                    .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE), request, response);
        }
    }

    /** A token that is not valid, or whose validity cannot be found out now. */
    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException failure) throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            problems.write(unavailable(failure), request, response);
            return;
        }
        if (isPage(request)) {
            sendToLogIn(request, response);
            return;
        }
        String reason = reason(failure);
        audit.logInFailed(reason, apiKeyId(request), request.getRemoteAddr());
        ProblemWriter.write(new ProblemException(ProblemCode.UNAUTHENTICATED, reason)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"" + BearerTokenErrorCodes.INVALID_TOKEN
                        + "\", error_description=\"" + reason + "\""),
                request, response);
    }

    /** Whether a person with a browser asks for a whole page, not a script for a part of one. */
    private static boolean isPage(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getRequestURI().startsWith(UiPaths.CHAT)
                && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html");
    }

    private static void sendToLogIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(UiPaths.LOG_IN + "?next=" + request.getRequestURI());
    }

    /** The store's own failure, or that of the issuer. */
    private Throwable unavailable(AuthenticationException failure) {
        return failure.getCause() instanceof OAuth2IntrospectionException unknown && unknown.getCause() != null
                ? unknown.getCause()
                : ProblemException.later(ProblemCode.ISSUER_UNAVAILABLE,
                        ProblemCode.ISSUER_UNAVAILABLE.explanation(), true, settings.retryAfter());
    }

    /** The public id in a token that has the form of an API key. */
    private static Optional<String> apiKeyId(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(header -> ApiKeyToken.parse(header.substring(SCHEME.length()).strip()))
                .map(token -> token.id().toString());
    }

    /** Never a part of the token, which the messages of parsers may quote. */
    static String reason(AuthenticationException failure) {
        return failure.getCause() instanceof JwtValidationException invalid
                ? invalid.getErrors().stream().map(OAuth2Error::getDescription).filter(LogInProblems::isQuotable)
                        .findFirst().orElse("The token is not valid for this service.")
                : "The token is malformed, unknown, expired, revoked or wrongly signed.";
    }

    /** Whether a text may be a quoted value of the header (RFC 6750, section 3). The description of an error may be missing. */
    private static boolean isQuotable(@Nullable String text) {
        return text != null && text.matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException {
        String missing = String.join(" ", missing(denial));
        ProblemWriter.write(new ProblemException(ProblemCode.INSUFFICIENT_SCOPE,
                "The token lacks the scope that this call needs: " + missing + ".")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\""
                        + BearerTokenErrorCodes.INSUFFICIENT_SCOPE + "\", scope=\"" + missing + "\""),
                request, response);
    }

    private static List<String> missing(AccessDeniedException denial) {
        return denial instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                        ? decision.getAuthorities().stream().map(GrantedAuthority::getAuthority)
                                .map(name -> Optional.ofNullable(name).orElse("").replace(LoggedIn.SCOPE_PREFIX, ""))
                                .toList()
                        : List.of();
    }
}
