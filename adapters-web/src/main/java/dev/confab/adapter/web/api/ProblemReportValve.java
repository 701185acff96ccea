package dev.confab.adapter.web.api;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a problem what Tomcat refuses before it knows an application: a malformed request line, headers too large. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemJson.write(Problems.ofStatus(response.getStatus()), request.getRequest(), response.getResponse());
        } catch (IOException gone) {
            LOG.debug("a refused client is gone", gone);
        }
    }
}
