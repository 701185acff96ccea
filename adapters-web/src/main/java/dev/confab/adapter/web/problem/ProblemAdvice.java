package dev.confab.adapter.web.problem;

import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.port.StorageException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.coyote.BadRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns every exception of a controller, or of the framework on the way to it, into a problem. */
@RestControllerAdvice
public final class ProblemAdvice {
    /** The codes of requests beyond a limit of their owner. */
    public static final List<ProblemCode> LIMITS = List.of(ProblemCode.RATE_LIMITED, ProblemCode.STREAMS_LIMITED,
            ProblemCode.TURNS_LIMITED, ProblemCode.QUOTA_EXCEEDED);
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private final WebSettings settings;
    private final ThrottledWarnings warnings = new ThrottledWarnings(System::nanoTime);
    private final Map<ProblemCode, LongAdder> beyondLimits = beyondLimits();

    ProblemAdvice(WebSettings settings) {
        this.settings = settings;
    }

    private static Map<ProblemCode, LongAdder> beyondLimits() {
        var counts = new EnumMap<ProblemCode, LongAdder>(ProblemCode.class);
        LIMITS.forEach(code -> counts.put(code, new LongAdder()));
        return Collections.unmodifiableMap(counts);
    }

    /** How many requests were refused with this code, which is one of {@link #LIMITS}. */
    public long refused(ProblemCode limit) {
        return Objects.requireNonNull(beyondLimits.get(limit)).sum();
    }

    /**
     * Once a part of the response is sent, only a broken connection can show the failure; so the exception is thrown again. Tomcat also
     * reports a response as committed when the body of the request could not be read; then it calls the error controller.
     */
    @ExceptionHandler(Throwable.class)
    void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (response.isCommitted()) {
            if (clientIsGone(thrown)) {
                throw thrown;
            }
            if (isRepeatable(ExceptionProblems.of(thrown, settings.retryAfter()))) {
                LOG.warn("Response to {} failed after a part was sent; closing the connection: {}", uri(request),
                        thrown.toString());
            } else {
                LOG.warn("Response to {} failed after a part was sent; closing the connection", uri(request), thrown);
            }
            throw thrown;
        }
        write(thrown, request, response);
    }

    /** The exception's problem, for a response that is not a problem but shows one. */
    public ProblemException problem(Throwable thrown, HttpServletRequest request) {
        return ExceptionProblems.of(thrown, request, settings.retryAfter());
    }

    /** Responds with the exception's problem, and logs it at a level that depends on the problem. */
    public void write(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemException problem = ExceptionProblems.of(thrown, request, settings.retryAfter());
        Optional.ofNullable(beyondLimits.get(problem.code())).ifPresent(LongAdder::increment);
        if (thrown instanceof IOException && problem.getStatusCode().is4xxClientError()) {
            LOG.info("{} {} rejected with {}: {}", method(request), uri(request), problem.code().code(),
                    problem.getMessage());
        } else if (clientIsGone(thrown)) {
            LOG.debug("The client of {} has disconnected", uri(request));
        } else if (isRepeatable(problem)) {
            warnOfRefusal(thrown, problem, request);
        } else if (thrown instanceof ProblemException) {
            LOG.debug("{} {} rejected with {}", method(request), uri(request), problem.code().code());
        } else if (thrown instanceof StorageException && problem.getStatusCode().is5xxServerError()) {
            // The store has logged what failed inside.
            LOG.error("{} {} failed with {}: {}", method(request), uri(request), problem.code().code(),
                    withCause(thrown));
        } else if (problem.getStatusCode().is5xxServerError()) {
            LOG.error("{} {} failed with {}", method(request), uri(request), problem.code().code(), thrown);
        }
        ProblemWriter.write(problem, request, response);
    }

    /** The container's error page is called by a request of its own, which has the attributes of the failed one. */
    private static Object method(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getAttribute(RequestDispatcher.ERROR_METHOD), request.getMethod());
    }

    private static Object uri(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI),
                request.getRequestURI());
    }

    private static String withCause(Throwable thrown) {
        Throwable root = NestedExceptionUtils.getRootCause(thrown);
        return thrown.getMessage() + (root == null ? "" : "; cause: " + root);
    }

    private static boolean isRepeatable(ProblemException problem) {
        var properties = problem.getBody().getProperties();
        return properties != null && Boolean.TRUE.equals(properties.get("repeatable"));
    }

    /** Under load or on a full disk there are many of these: one line a minute of each kind, without a stack trace. */
    private void warnOfRefusal(Throwable thrown, ProblemException problem, HttpServletRequest request) {
        String refused = method(request) + " " + uri(request) + " refused with " + problem.code().code()
                + "; nothing was written: " + thrown.getMessage();
        warnings.next(problem.code()).ifPresentOrElse(
                leftOut -> LOG.warn("{}{}", refused,
                        leftOut == 0 ? "" : " (and " + leftOut + " more since the last line)"),
                () -> LOG.debug("{}", refused));
    }

    /** The request could not be read, or the response not be sent: Tomcat's exception for the latter is a kind of the former. */
    private static boolean clientIsGone(Throwable thrown) {
        return thrown instanceof BadRequestException || thrown.getCause() instanceof BadRequestException;
    }
}
