package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.adapter.web.api.Problem.PlaceError;
import dev.confab.domain.session.TurnId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A problem as {@code application/problem+json} (RFC 9457), whatever the request accepts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemJson(String type, String title, int status, String detail, String instance, String code,
        String requestId, @Nullable Long currentVersion, @Nullable String turnId, @Nullable Boolean repeatable,
        @Nullable List<PlaceError> errors) {

    static ProblemJson from(Problem problem, String requestId) {
        return new ProblemJson("/problems/" + problem.code().code(), problem.code().title(), problem.status(),
                problem.detail(), "urn:confab:request:" + requestId, problem.code().code(), requestId,
                problem.currentVersion().orElse(null), problem.turnId().map(TurnId::toString).orElse(null),
                problem.repeatable().orElse(null),
                problem.errors().isEmpty() ? null : problem.errors());
    }

    /** Answers with the problem in place of whatever was prepared; the response must not be committed. */
    static void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestIds.of(request);
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader(RequestIds.HEADER, requestId);
        problem.headers().forEach(response::setHeader);
        response.setContentType("application/problem+json");
        byte[] body = Json.MAPPER.writeValueAsBytes(from(problem, requestId));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
