package dev.confab.application.turn.event;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/**
 * A finished turn as committed.
 *
 * @param reply empty when the turn has no reply, or the reply has been removed
 */
public record TurnOutcome(Turn turn, Optional<Message> reply) {
}
