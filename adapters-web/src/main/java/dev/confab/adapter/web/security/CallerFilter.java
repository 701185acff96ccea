package dev.confab.adapter.web.security;

import dev.confab.adapter.web.log.LogFields;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.problem.ProblemWriter;
import dev.confab.adapter.web.request.Caller;
import dev.confab.domain.conversation.OwnerId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.regex.Pattern;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs after the caller's scopes were checked. Finds out for whom the request is made, and leaves the {@link Caller} with the request, for
 * its handler and its log lines.
 */
final class CallerFilter extends OncePerRequestFilter {
    private static final String ATTRIBUTE = Caller.class.getName();
    /** An owner may have other characters too, but a header cannot carry them without a convention of its own. */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    /** The caller of a request that passed this filter. */
    static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("The request has no caller: " + request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof LoggedIn login) {
            OwnerId owner;
            try {
                owner = owner(request, login);
            } catch (ProblemException malformed) {
                ProblemWriter.write(malformed, request, response);
                return;
            }
            request.setAttribute(ATTRIBUTE, new Caller(login.getName(), owner, login.credential(), login.limits()));
            LogFields.setCaller(login.getName(), owner.value());
        }
        chain.doFilter(request, response);
    }

    private static OwnerId owner(HttpServletRequest request, LoggedIn login) {
        var names = Collections.list(request.getHeaders(Caller.OWNER_HEADER));
        if (names.isEmpty()) {
            return login.owner();
        }
        String name = names.getFirst();
        if (names.size() > 1 || name.length() > OwnerId.MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw ProblemException.invalid(Caller.OWNER_HEADER + ": must be one name of 1 to " + OwnerId.MAX_LENGTH
                    + " visible ASCII characters, with spaces only between them");
        }
        return new OwnerId(name);
    }
}
