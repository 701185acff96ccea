package dev.confab.application.turn.event;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Turn;
import java.util.Optional;

/** A finished turn as committed, and its reply if it has one that has not been removed. */
public record TurnOutcome(Turn turn, Optional<Message> reply) {
}
