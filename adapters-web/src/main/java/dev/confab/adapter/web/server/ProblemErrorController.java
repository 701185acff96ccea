package dev.confab.adapter.web.server;

import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Turns a failure outside the controllers, in a filter or in the servlet container, into a problem. */

@RestController
final class ProblemErrorController implements ErrorController {
    private final ProblemAdvice advice;

    ProblemErrorController(ProblemAdvice advice) {
        this.advice = advice;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return; // the container then breaks the connection
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            advice.write(thrown, request, response);
        } else {
            ProblemWriter.write(ProblemException.ofStatus(status instanceof Integer code ? code : 404), request,
                    response);
        }
    }
}
