package dev.confab.adapter.web.problem;

import dev.confab.domain.ConfabException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Says that an Idempotency-Key names what a request creates. Confab derives an id from the key, and no client ever sees it, so a conflict over
 * that id is answered in terms of the key.
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
