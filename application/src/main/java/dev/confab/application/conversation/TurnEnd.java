package dev.confab.application.conversation;

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
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Records the end of a turn that is not completed. The text of the answer so far becomes a message in the same commit, marked incomplete
 * with the reason; without any text, no message is appended.
 */
public record TurnEnd(LocalTurns local) {

    /** Records the event of a session or a turn, which may be the end of a turn. */
    public void record(ConversationTransaction tx, SessionEvent event) {
        switch (event) {
            case TurnChanged end when end.turn().isFinished() ->
                record(tx, end, local.textSoFar(tx.activity().turn(end.turn().id())));
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
    public static void record(ConversationTransaction tx, TurnChanged end, String said) {
        if (said.isEmpty()) {
            tx.record(end);
        } else {
            MessageId partialReply = replyId(tx, end.turn().id());
            MessageDraft draft = MessageDraft.of(partialReply, Role.ASSISTANT, said);
            tx.record(tx.conversation().append(draft, end.turn().incompleteReason(), end.at()));
            tx.record(end.keeping(partialReply));
        }
    }

    /**
     * The id that the turn's reply gets: the one that the turn has from its start. A client that has given this id to a message of its own
     * since must not keep the turn from ending, so the reply then gets the first of its alternative ids that is free.
     */
    public static MessageId replyId(ConversationTransaction tx, TurnId turn) {
        return Stream.iterate(1, n -> n + 1).map(turn::replyId).filter(id -> tx.message(id).isEmpty()).findFirst()
                .orElseThrow();
    }
}
