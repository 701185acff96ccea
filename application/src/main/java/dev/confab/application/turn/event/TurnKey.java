package dev.confab.application.turn.event;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;

/** Identifies a turn: clients choose ids, so a turn's id is unique only within its conversation. */
public record TurnKey(ConversationId conversation, TurnId turn) {
    public static TurnKey of(Turn turn) {
        return new TurnKey(turn.conversationId(), turn.id());
    }
}
