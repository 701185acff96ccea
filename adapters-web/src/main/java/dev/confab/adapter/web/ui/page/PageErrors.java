package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** A whole page that fails is a page that says why. A part of a page that fails is a problem as of the API, and the page shows it. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageErrors {
    private final ProblemAdvice problems;

    PageErrors(ProblemAdvice problems) {
        this.problems = problems;
    }

    @ExceptionHandler(Throwable.class)
    @Nullable
    ModelAndView show(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean isWholePage = request.getMethod().equals("GET") && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader("Accept")).contains("text/html");
        if (!isWholePage || response.isCommitted()) {
            problems.write(thrown, request, response);
            return null;
        }
        ProblemException problem = problems.problem(thrown, request);
        var detail = problem.getBody().getDetail();
        var page = new ModelAndView("chat/error", Map.of("pageTitle", problem.code().title(), "title",
                problem.code().title(), "detail", detail == null ? "" : detail, "code", problem.code().code()));
        page.setStatus(problem.getStatusCode());
        return page;
    }
}
