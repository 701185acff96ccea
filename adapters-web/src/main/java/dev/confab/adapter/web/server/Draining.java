package dev.confab.adapter.web.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first step of a shutdown: for a while everything is still served, but each response closes its connection, so that the proxies'
 * connections to this instance end without a request on them. A proxy that sends a request just as an idle connection is closed cannot
 * know whether it was executed, and would have to report that to its client. The instance is not ready during this time, which
 * Spring Boot sees to.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Draining extends OncePerRequestFilter implements SmartLifecycle {
    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    /** @param time from the begin of the shutdown until no connection is accepted any more; zero for a server without a proxy */
    public Draining(Duration time) {
        this.time = time;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (draining) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public void start() {
        running = true;
    }

    /** In the default phase, which is the first one: event streams end and the server stops in later ones. */
    @Override
    public void stop() {
        draining = true;
        running = false;
        try {
            Thread.sleep(time);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
