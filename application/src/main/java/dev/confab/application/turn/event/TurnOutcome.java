package dev.confab.application.turn.event;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/**
 * A finished turn, as it is committed.
 *
 * @param reply empty when there is none, or none any more
 */
public record TurnOutcome(Turn turn, Optional<Message> reply) {
}
