package dev.confab.adapter.web.api;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a problem what Tomcat refuses before it knows an application: a malformed request line, headers too large. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final String TOO_LARGE = StringManager.getManager("org.apache.coyote.http11")
            .getString("iib.requestheadertoolarge.error");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemJson.write(Problems.ofStatus(status(request, response.getStatus(), thrown)), request.getRequest(),
                    response.getResponse());
        } catch (IOException gone) {
            LOG.debug("a refused client is gone", gone);
        }
    }

    /** Tomcat says 400 to a request that does not fit into its buffer, too; only its message tells. */
    private static int status(Request request, int status, @Nullable Throwable thrown) {
        if (status != 400 || thrown == null || !TOO_LARGE.equals(thrown.getMessage())) {
            return status;
        }
        return request.getCoyoteRequest().requestURI().isNull() ? 414 : 431;
    }
}
