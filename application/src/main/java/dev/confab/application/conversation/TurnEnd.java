package dev.confab.application.conversation;

import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnOutput;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records the end of a turn, and in the same commit the messages that its output becomes ({@link TurnOutput}). The reply of a turn that is
 * not completed is marked incomplete with the reason; without any text, there is no reply.
 */
public record TurnEnd(LocalTurns local) {

    /** Records the event of a session or a turn, which may be the end of a turn. */
    public void record(ConversationTransaction tx, SessionEvent event) {
        switch (event) {
            case TurnChanged end when end.turn().isFinished() ->
                record(tx, end, local.output(tx.activity().turn(end.turn().id())));
            case SessionStarted _,SessionChanged _,SessionEnded _,TurnStarted _,TurnChanged _ -> tx.record(event);
        }
    }

    /** Ends the unfinished turn if it is abandoned and does not run here; returns whether it was. */
    public boolean recordAbandoned(ConversationTransaction tx, Instant at) {
        var abandoned = tx.activity().endAbandoned(at, local::isRunning);
        abandoned.ifPresent(end -> record(tx, end));
        return abandoned.isPresent();
    }

    /** Cancels the turn that runs or awaits an approval, if there is one. */
    public void recordCancelled(ConversationTransaction tx, Instant at) {
        tx.activity().cancel(at).ifPresent(end -> record(tx, end));
    }

    /** Records the end of a turn that is not completed, with its output so far. */
    public static void record(ConversationTransaction tx, TurnChanged end, TurnOutput output) {
        TurnId turn = end.turn().id();
        recordRounds(tx, turn, output, end.at());
        String said = output.replyText();
        if (said.isEmpty()) {
            tx.record(end);
        } else {
            MessageId reply = freeId(tx, turn, TurnId.REPLY);
            tx.record(tx.conversation().append(MessageDraft.of(reply, Role.ASSISTANT, said),
                    end.turn().incompleteReason(), end.at()));
            tx.record(end.keeping(reply));
        }
    }

    /** Records the completion of a turn: the messages of its rounds, and its reply, which the assistant may have left incomplete. */
    public static void recordCompleted(ConversationTransaction tx, Turn turn, int step, TurnOutput output,
            Optional<IncompleteReason> incomplete, Optional<TokenUsage> used, Instant at) {
        MessageId reply = freeId(tx, turn.id(), TurnId.REPLY);
        tx.record(turn.complete(step, reply, output.rounds(), used, at));
        recordRounds(tx, turn.id(), output, at);
        tx.record(tx.conversation().append(MessageDraft.of(reply, Role.ASSISTANT, output.replyText()), incomplete, at));
    }

    private static void recordRounds(ConversationTransaction tx, TurnId turn, TurnOutput output, Instant at) {
        output.roundMessages().forEach(message -> tx.record(tx.conversation().append(
                new MessageDraft(freeId(tx, turn, message.name()), message.role(), message.text(),
                        Optional.of(message.data()), Metadata.EMPTY),
                at)));
    }

    /**
     * The id that a message of the turn gets: the one that follows from its name. A client that has given this id to a message of its own
     * must not keep the turn from ending, so the message then gets the first of its alternative ids that is free.
     */
    private static MessageId freeId(ConversationTransaction tx, TurnId turn, String name) {
        return Stream.iterate(1, n -> n + 1).map(n -> turn.messageId(name, n)).filter(id -> tx.message(id).isEmpty())
                .findFirst().orElseThrow();
    }
}
