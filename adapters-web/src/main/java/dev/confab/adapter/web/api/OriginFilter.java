package dev.confab.adapter.web.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages of other origins from using a service that asks nobody to log in: a browser sends a page's simple writes
 * without asking first, and a page whose host name was rebound to 127.0.0.1 counts as of the same origin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
    private final WebSettings settings;

    OriginFilter(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isRebound(request)) {
            refuse("the host name " + request.getServerName() + " is not one of this machine's own", request, response);
        } else if (!READS.contains(request.getMethod()) && isForeign(request)) {
            refuse("pages of " + request.getHeader("Origin") + " may not write here", request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || settings.allowedOrigins().contains(origin)) {
            return false;
        }
        try {
            return CorsUtils.isCorsRequest(request);
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }

    /** Who comes in over the loopback device under another name than the loopback's was led here by that name's owner. */
    private static boolean isRebound(HttpServletRequest request) throws IOException {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return !LOOPBACK.matcher(host).matches() && InetAddress.ofLiteral(request.getLocalAddr()).isLoopbackAddress();
    }

    private static void refuse(String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemJson.write(Problem.of(ProblemCode.FORBIDDEN_ORIGIN, detail), request, response);
    }
}
