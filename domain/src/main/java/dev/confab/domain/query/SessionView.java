package dev.confab.domain.query;

import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/**
 * A session and its latest turn, of one moment.
 *
 * @param turn empty before the first one, and when it is no longer kept
 */
public record SessionView(Session session, Optional<Turn> turn) {
}
