package dev.confab.domain.query;

import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/** A session and its latest turn, from one commit; no turn if there has been none or it is no longer stored. */
public record SessionView(Session session, Optional<Turn> turn) {
}
