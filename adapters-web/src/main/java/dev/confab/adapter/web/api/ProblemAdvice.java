package dev.confab.adapter.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers with a problem whatever a controller, or the framework on the way to it, throws. */
@RestControllerAdvice
final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private final WebSettings settings;

    ProblemAdvice(WebSettings settings) {
        this.settings = settings;
    }

    /** Once part of an answer is sent, only a broken connection tells that it failed: then the exception goes on. */
    @ExceptionHandler(Throwable.class)
    void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (response.isCommitted()) {
            if (!clientIsGone(thrown)) {
                LOG.warn("the answer to {} broke off", request.getRequestURI(), thrown);
            }
            throw thrown;
        }
        write(thrown, request, response);
    }

    void write(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = Problems.of(thrown, settings.retryAfter());
        if (clientIsGone(thrown)) {
            LOG.debug("the client of {} is gone", request.getRequestURI());
        } else if (problem.repeatable().isPresent()) {
            // Expected under load or on a full disk, and many at once: one line each.
            LOG.warn("{} {} failed: {}", request.getMethod(), request.getRequestURI(), thrown.toString());
        } else if (problem.status() >= 500) {
            LOG.error("{} {} failed: {}", request.getMethod(), request.getRequestURI(), problem.code().code(), thrown);
        }
        ProblemJson.write(problem, request, response);
    }

    private static boolean clientIsGone(Throwable thrown) {
        return thrown instanceof ClientAbortException || thrown.getCause() instanceof ClientAbortException;
    }
}
