package dev.confab.adapter.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as {@code application/problem+json}, whatever the request accepts. */
public final class ProblemWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();

    private ProblemWriter() {
    }

    /** Replaces the response, which must not be committed, with the problem. */
    public static void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String requestId = RequestIds.of(request);
        problem.setInstance(URI.create("urn:confab:request:" + requestId));
        problem.with("requestId", requestId);
        response.resetBuffer();
        response.setStatus(problem.getStatusCode().value());
        response.setHeader(RequestIds.HEADER, requestId);
        problem.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = MAPPER.writeValueAsBytes(problem.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
