package dev.confab.application.conversation;

import dev.confab.application.RequestedId;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import java.time.Instant;

/**
 * Records the end of a turn that is not completed. The text of the answer so far becomes a message in the same commit, marked incomplete
 * with the reason; without any text, no message is appended.
 *
 * @param partialReply the id of this message
 */
public record TurnEnd(LocalTurns local, MessageId partialReply) {

    /** The id is chosen here, because a transaction function may run more than once. */
    public static TurnEnd of(LocalTurns local, IdResolver ids, ConversationId conversation) {
        return new TurnEnd(local, ids.message(conversation, new RequestedId.Unnamed()));
    }

    /** Records the event of a session or a turn, which may be the end of a turn. */
    public void record(ConversationTransaction tx, SessionEvent event) {
        switch (event) {
            case TurnChanged end when end.turn().isFinished() ->
                record(tx, end, local.textSoFar(tx.activity().turn(end.turn().id())), partialReply);
            case SessionStarted _,SessionChanged _,SessionEnded _,TurnStarted _,TurnChanged _ -> tx.record(event);
        }
    }

    /** Ends the unfinished turn if it is abandoned and does not run here; returns whether it was. */
    public boolean recordAbandoned(ConversationTransaction tx, Instant at) {
        var abandoned = tx.activity().endAbandoned(at, local::isRunning);
        abandoned.ifPresent(end -> record(tx, end));
        return abandoned.isPresent();
    }

    /** Cancels the unfinished turn, if there is one. */
    void recordCancelled(ConversationTransaction tx, Instant at) {
        tx.activity().cancel(at).ifPresent(end -> record(tx, end));
    }

    /** @param said the text of the answer so far */
    public static void record(ConversationTransaction tx, TurnChanged end, String said, MessageId partialReply) {
        if (said.isEmpty()) {
            tx.record(end);
        } else {
            MessageDraft draft = MessageDraft.of(partialReply, Role.ASSISTANT, said);
            tx.record(tx.conversation().append(draft, end.turn().incompleteReason(), end.at()));
            tx.record(end.keeping(partialReply));
        }
    }
}
