package dev.confab.application.turn.event;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;

/** Which turn it is: clients choose ids, and one is unique in its conversation only. */
public record TurnKey(ConversationId conversation, TurnId turn) {
    public static TurnKey of(Turn turn) {
        return new TurnKey(turn.conversationId(), turn.id());
    }
}
