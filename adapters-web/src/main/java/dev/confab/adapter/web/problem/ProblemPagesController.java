package dev.confab.adapter.web.problem;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the page that the {@code type} of a problem points to. */
@RestController
final class ProblemPagesController {

    @GetMapping(path = "/problems/{code}", produces = MediaType.TEXT_HTML_VALUE + ";charset=utf-8")
    String explain(@PathVariable String code) {
        ProblemCode problem = ProblemCode.ofCode(code)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no problem with this code."));
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>%2$s</title>
                <h1>%2$s</h1>
                <p>%1$d <code>%3$s</code></p>
                <p>%4$s</p>
                </html>
                """.formatted(problem.status(), problem.title(), problem.code(), problem.explanation());
    }
}
