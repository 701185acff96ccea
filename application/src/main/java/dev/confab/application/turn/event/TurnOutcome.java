package dev.confab.application.turn.event;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;

/**
 * A finished turn as committed.
 *
 * @param messages that it appended, in order, without those that have been removed
 */
public record TurnOutcome(Turn turn, List<Message> messages) {
    public TurnOutcome {
        messages = List.copyOf(messages);
    }

    /** The outcome of a turn that has finished, maybe in this transaction. */
    public static TurnOutcome of(ConversationTransaction tx, TurnId id) {
        Turn turn = tx.activity().turn(id);
        return new TurnOutcome(turn, turn.messageIds().stream().flatMap(each -> tx.message(each).stream()).toList());
    }
}
