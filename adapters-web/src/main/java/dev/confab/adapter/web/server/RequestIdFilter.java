package dev.confab.adapter.web.server;

import dev.confab.adapter.web.log.LogFields;
import dev.confab.adapter.web.problem.RequestIds;
import dev.confab.adapter.web.trace.CurrentTrace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id, which its response and log lines carry, and logs the request once it is answered. Runs right after Spring's
 * filter of observations, in which the request's trace begins: the trace's id is the request's id.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RequestIdFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.confab.access");
    private final CurrentTrace trace;

    RequestIdFilter(ObjectProvider<CurrentTrace> trace) {
        this.trace = trace.getIfAvailable(() -> Optional::empty);
    }

    /** A failure is logged where it is turned into a problem, with the request's id. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /**
     * A failure after a part of the response was sent is logged where it is noticed. Tomcat would log it once more, with a stack trace for
     * each of a thousand event streams while the database is busy; {@link CloseNowException} only makes it close the connection.
     */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestIds.of(request, trace.id());
        response.setHeader(RequestIds.HEADER, id);
        SecurityHeaders.set(request, response);
        MDC.put(LogFields.REQUEST_ID, id);
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failed) {
            if (response.isCommitted()) {
                throw new CloseNowException(failed);
            }
            throw failed;
        } finally {
            LOG.debug("{} {} {} {} µs by {}", request.getMethod(), request.getRequestURI(), response.getStatus(),
                    (System.nanoTime() - start) / 1_000, LogFields.caller());
            LogFields.clear();
        }
    }
}
