package dev.confab.adapter.web.server;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import dev.confab.adapter.web.problem.RequestIds;
import dev.confab.adapter.web.response.Responses;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages of other origins from using this service, which may need no log-in. A browser sends a page's simple writes without a
 * preflight, and treats a page whose host name was rebound to 127.0.0.1 as of the same origin; so this filter rejects both. With log-in
 * a rebound page has no token, and the service may be called under the names that the settings allow.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
final class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
    private static final Pattern PROBE = Pattern.compile("/actuator/health/(liveness|readiness)");
    private final Set<String> allowed;
    private final HostSettings hosts;
    private final CorsFilter cors;

    OriginFilter(WebSettings settings) {
        this.allowed = settings.allowedOrigins();
        this.hosts = settings.hosts();
        this.cors = new CorsFilter(_ -> configuration());
        this.cors.setCorsProcessor(new RefusingByProblem());
    }

    /** Null, which turns CORS off, when no origin is allowed. */
    private @Nullable CorsConfiguration configuration() {
        if (allowed.isEmpty()) {
            return null;
        }
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(List.copyOf(allowed));
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(List.of("*"));
        configuration
                .setExposedHeaders(List.of("ETag", "Location", "Retry-After", "WWW-Authenticate", RequestIds.HEADER,
                        Responses.CONVERSATION_VERSION, "RateLimit", "RateLimit-Policy"));
        configuration.setMaxAge(Duration.ofHours(1));
        return configuration;
    }

    /** Spring's CORS, which rejects with a problem. */
    private static final class RefusingByProblem extends DefaultCorsProcessor {
        @Override
        public boolean processRequest(@Nullable CorsConfiguration configuration, HttpServletRequest request,
                HttpServletResponse response) throws IOException {
            boolean goesOn = super.processRequest(configuration, request, response);
            if (!goesOn) {
                refuse("Web pages of the origin " + request.getHeader("Origin") + " may not call this service.",
                        request, response);
            }
            return goesOn;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // The problem is the response.
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOwnHost(request)) {
            refuse("The host name " + request.getServerName() + " is not one of this service's own.", request,
                    response);
        } else if (!READS.contains(request.getMethod()) && isForeign(request)) {
            refuse("Web pages of the origin " + request.getHeader("Origin") + " may not write to this service.",
                    request, response);
        } else if (isEmbedded(request)) {
            refuse("Web pages of another site may not read from this service.", request, response);
        } else {
            cors.doFilter(request, response, chain);
        }
    }

    private boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || allowed.contains(origin)) {
            return false;
        }
        try {
            return CorsUtils.isCorsRequest(request);
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }

    /** A read by a page of another site that is not allowed. Links to this service that a person follows work. */
    private boolean isEmbedded(HttpServletRequest request) {
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && !"document".equals(request.getHeader("Sec-Fetch-Dest"))
                && !allowed.contains(String.valueOf(request.getHeader("Origin")));
    }

    /** A supervisor probes an instance by its address. */
    private boolean isOwnHost(HttpServletRequest request) throws IOException {
        return hosts.logIn()
                ? hosts.accepts(request.getServerName()) || PROBE.matcher(request.getRequestURI()).matches()
                : !isRebound(request);
    }

    /** A request over the loopback interface under a foreign host name: the owner of that name made it resolve to this machine. */
    private static boolean isRebound(HttpServletRequest request) throws IOException {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return !LOOPBACK.matcher(host).matches() && InetAddress.ofLiteral(request.getLocalAddr()).isLoopbackAddress();
    }

    private static void refuse(String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemWriter.write(new ProblemException(ProblemCode.FORBIDDEN_ORIGIN, detail), request, response);
    }
}
