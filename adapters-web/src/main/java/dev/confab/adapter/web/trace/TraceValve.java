package dev.confab.adapter.web.trace;

import dev.confab.adapter.web.problem.RequestIds;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;

/**
 * Lets only trusted proxies name the trace of a request. Anyone else could add spans to the traces of others, or have every request
 * recorded whatever the sampling is. Must come after {@link RemoteIpValve}, which marks the requests of trusted proxies.
 *
 * <p>Supervisors and Prometheus call {@code /actuator} every few seconds: with these requests no trace begins.
 */
public final class TraceValve extends ValveBase {
    private static final String MONITORING = "/actuator";

    public TraceValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean trusted = Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE));
        boolean monitoring = String.valueOf(request.getRequestURI()).startsWith(MONITORING);
        if (!trusted || monitoring) {
            var headers = request.getCoyoteRequest().getMimeHeaders();
            headers.removeHeader(RequestIds.TRACE_HEADER);
            headers.removeHeader("tracestate");
        }
        if (monitoring) {
            getNext().invoke(request, response);
        } else {
            var id = trusted ? Optional.ofNullable(request.getHeader(RequestIds.HEADER)) : Optional.<String>empty();
            invoke(TraceStart.of(id), request, response);
        }
    }

    private void invoke(TraceStart start, Request request, Response response) throws IOException, ServletException {
        try {
            boolean _ = start.call(() -> {
                getNext().invoke(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
