package dev.confab.adapter.web.server;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a problem when Tomcat itself refuses a request, for example a malformed request line or too large headers. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final String TOO_LARGE = StringManager.getManager("org.apache.coyote.http11")
            .getString("iib.requestheadertoolarge.error");

    /** The rest of a body that arrives too slowly is not read. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        } else if (!request.isAsync() && !request.getCoyoteRequest().hasExpectation()) {
            UnreadBody.discard(request.getCoyoteRequest(), response, maxSwallowSize(request));
        }
    }

    private static int maxSwallowSize(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> http
                ? http.getMaxSwallowSize()
                : 0;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemWriter.write(ProblemException.ofStatus(status(request, response.getStatus(), thrown)),
                    request.getRequest(),
                    response.getResponse());
        } catch (IOException gone) {
            LOG.debug("Could not send a problem: the client has disconnected", gone);
        }
    }

    /** Tomcat also answers 400 to a request that does not fit into its buffer; only its message tells the two apart. */
    private static int status(Request request, int status, @Nullable Throwable thrown) {
        if (status != 400 || thrown == null || !TOO_LARGE.equals(thrown.getMessage())) {
            return status;
        }
        return request.getCoyoteRequest().requestURI().isNull() ? 414 : 431;
    }
}
