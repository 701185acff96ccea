package dev.confab.domain.query;

import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/**
 * A session and its latest turn, from one commit.
 *
 * @param turn empty when the session has not had a turn, or when its latest turn is no longer stored
 */
public record SessionView(Session session, Optional<Turn> turn) {
}
