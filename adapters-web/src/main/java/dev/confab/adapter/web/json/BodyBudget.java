package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the bytes of all bodies that are in memory at the same time: many large ones at once would fill the heap. A request takes its
 * share before it reads the bytes and returns it when it has been answered. One body alone always fits, whatever the budget. Small bodies
 * have a budget of their own, so that a few large ones, which may arrive slowly, do not keep all others from writing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class BodyBudget extends OncePerRequestFilter {
    private static final String SHARE = BodyBudget.class.getName();
    private static final long SMALL = 64 * 1024;

    private final Part small;
    private final Part large;
    private final Duration retryAfter;

    BodyBudget(WebSettings settings) {
        this.small = new Part(settings.maxBodyBytesInFlight() / 4);
        this.large = new Part(settings.maxBodyBytesInFlight());
        this.retryAfter = settings.retryAfter();
    }

    /** The budget of small bodies, or of large ones. */
    private static final class Part {
        private final long bytes;
        private final AtomicLong taken = new AtomicLong();

        Part(long bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var share = new Share(this);
        request.setAttribute(SHARE, share);
        try {
            chain.doFilter(request, response);
        } finally {
            share.returnAll();
        }
    }

    /** The share of a request, which only the thread of the request uses. */
    static Share shareOf(HttpServletRequest request) {
        return (Share) request.getAttribute(SHARE);
    }

    /** Bytes that one request has taken from the budget. */
    static final class Share {
        private final BodyBudget owner;
        private Part part;
        private long bytes;

        private Share(BodyBudget owner) {
            this.owner = owner;
            this.part = owner.small;
        }

        private void returnAll() {
            part.taken.addAndGet(-bytes);
            bytes = 0;
        }

        /** Increases the share to at least this many bytes; throws 503 {@code overloaded} when they do not fit. */
        void reserve(long atLeast) {
            if (atLeast <= bytes) {
                return;
            }
            if (atLeast > SMALL && part == owner.small) {
                returnAll();
                part = owner.large;
            }
            long others = part.taken.getAndAdd(atLeast - bytes) - bytes;
            bytes = atLeast;
            if (others > 0 && others + atLeast > part.bytes) {
                returnAll(); // at once: the others must not be rejected for the sake of a rejected body
                throw ProblemException.later(ProblemCode.OVERLOADED, "The bodies of the other requests have " + others
                        + " bytes; no more fit into memory.", true, owner.retryAfter);
            }
        }
    }
}
