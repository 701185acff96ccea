package dev.confab.adapter.web.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;

/** Headers that keep browsers from showing, embedding or storing the responses of this service. */
final class SecurityHeaders {
    /** A file whose address changes with its content. */
    private static final Pattern VERSIONED = Pattern.compile("/ui/[0-9a-f]{16}/.+|/webjars/[^/]+/[0-9][^/]*/.+");

    private SecurityHeaders() {
    }

    /** Only the files of the pages may be cached: everything else is private, and a client that uses ETag keeps its own copy. */
    static void set(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.getRequestURI();
        if (VERSIONED.matcher(path).matches()) {
            response.setHeader("Cache-Control", "max-age=31536000, immutable");
        } else if (path.startsWith("/ui/") || path.startsWith("/webjars/")) {
            // Asked for again each time, and sent again only when they have changed.
            response.setHeader("Cache-Control", "no-cache");
        } else if (!path.startsWith("/swagger-ui/")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
