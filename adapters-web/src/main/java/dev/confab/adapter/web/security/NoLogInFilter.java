package dev.confab.adapter.web.security;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.response.ApiPaths;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects what only a caller who has logged in may do. A key that anyone on the machine could make now would be good later, when log-in
 * is required; and a backend that names owners must not believe that their data is kept apart.
 */
final class NoLogInFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(Caller.OWNER_HEADER) != null) {
            refuse("The header " + Caller.OWNER_HEADER + " needs log-in: see the setting confab.security.", request,
                    response);
        } else if (request.getServletPath().startsWith(ApiPaths.ADMIN + "/")) {
            refuse("This call needs log-in: see the setting confab.security. The command \"keys\" of the jar makes the "
                    + "first key.", request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemWriter.write(new ProblemException(ProblemCode.INSUFFICIENT_SCOPE, detail), request, response);
    }
}
