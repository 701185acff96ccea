package dev.confab.adapter.web.problem;

import dev.confab.domain.ConfabException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The idempotency key of a request that creates something. Confab derives the id from the key, and clients do not know that id, so a
 * conflict over it is reported as a conflict over the key.
 *
 * @param conflict thrown when the key was used before for something else
 */
public record KeyedCreation(String key, Class<? extends ConfabException> conflict) {
    private static final String ATTRIBUTE = KeyedCreation.class.getName();

    public void remember(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Optional<KeyedCreation> of(HttpServletRequest request) {
        return Optional.ofNullable((KeyedCreation) request.getAttribute(ATTRIBUTE));
    }
}
