package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of a conversation that several use cases make. A change that removes the prompt of an unfinished turn also cancels it, and one that
 * removes all messages also cancels the turns that wait (S18).
 */
public final class ConversationChanges {
    private ConversationChanges() {
    }

    /** Records the event, if there is one, and returns the conversation after it. */
    public static Conversation record(ConversationTransaction tx, Conversation head,
            Optional<? extends ConversationEvent> event) {
        event.ifPresent(tx::record);
        return event.isPresent() ? tx.find().orElseThrow() : head;
    }

    /** Keeps the messages up to and including this one. */
    public static Conversation truncateAfter(ConversationTransaction tx, Conversation head, Message last, Instant at) {
        tx.activity().openTurn().flatMap(turn -> tx.message(turn.promptId()))
                .filter(prompt -> prompt.position() > last.position()).ifPresent(removed -> cancelTurn(tx, at));
        return record(tx, head, head.truncateAfter(last, at));
    }

    /** Removes all messages. */
    public static Conversation clear(ConversationTransaction tx, Conversation head, Instant at) {
        cancelTurns(tx, at);
        return record(tx, head, head.clear(at));
    }

    /** Removes the content of a message; first cancels the unfinished turn that it is the prompt of, and appends the answer so far. */
    static Message remove(ConversationTransaction tx, Message message, TurnEnd end, Instant at) {
        if (tx.activity().openTurn().filter(turn -> turn.promptId().equals(message.id())).isPresent()) {
            end.recordCancelled(tx, at);
        }
        tx.conversation().remove(message, at).ifPresent(tx::record);
        return tx.message(message.id()).orElseThrow();
    }

    /** Moves the conversation to the bin; first cancels its unfinished turns and appends the text of the answer so far. */
    static Conversation delete(ConversationTransaction tx, Conversation head, TurnEnd end, Instant at) {
        end.recordCancelled(tx, at);
        tx.activity().cancelQueued(at).forEach(tx::record);
        Conversation now = tx.find().orElse(head);
        return record(tx, now, now.delete(at));
    }

    /** Deletes the conversation, unless it is in the bin already, and purges it with its sessions and turns. */
    public static void purge(ConversationTransaction tx, Conversation head, Instant at) {
        cancelTurns(tx, at);
        tx.record(record(tx, head, head.delete(at)).purge(at));
    }

    /** Purges the conversation if it has expired, a staged one if it is abandoned; returns whether it was. */
    public static boolean purgeExpired(ConversationTransaction tx, Instant at) {
        Optional<Conversation> expired = tx.find()
                .filter(head -> head.isExpired(at) && !StagedCreation.isUnderWay(head, at));
        expired.ifPresent(head -> purge(tx, head, at));
        return expired.isPresent();
    }

    private static void cancelTurns(ConversationTransaction tx, Instant at) {
        cancelTurn(tx, at);
        tx.activity().cancelQueued(at).forEach(tx::record);
    }

    /** Does not append the text of the answer so far, because the messages after the prompt are removed, too. */
    private static void cancelTurn(ConversationTransaction tx, Instant at) {
        tx.activity().cancel(at).ifPresent(tx::record);
    }
}
