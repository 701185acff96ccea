package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Optional;

/** What most works do with their transaction. */
public final class ConversationChanges {
    private ConversationChanges() {
    }

    /** The owner's live head; an expired one is not there. */
    public static Conversation live(ConversationTransaction tx, OwnerId owner, Instant at) {
        return tx.conversation().ownedBy(owner).unexpired(at);
    }

    /** The owner's head, live or in the bin; an expired one is not there. */
    public static Conversation any(ConversationTransaction tx, OwnerId owner, ConversationId id, Instant at) {
        return tx.find().orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner).unexpired(at);
    }

    /** Records the event, if there is one, and returns the head after it. */
    public static Conversation record(ConversationTransaction tx, Conversation head,
            Optional<? extends ConversationEvent> event) {
        event.ifPresent(tx::record);
        return event.isPresent() ? tx.find().orElseThrow() : head;
    }

    /** Keeps the messages up to this one; an unfinished turn whose prompt goes is cancelled. */
    public static Conversation truncateAfter(ConversationTransaction tx, Conversation head, Message last, Instant at) {
        tx.activity().openTurn().flatMap(turn -> tx.message(turn.promptId()))
                .filter(prompt -> prompt.position() > last.position()).ifPresent(dropped -> cancelTurn(tx, at));
        return record(tx, head, head.truncateAfter(last, at));
    }

    /** Removes all messages and cancels the unfinished turn, whose prompt is one of them. */
    public static Conversation clear(ConversationTransaction tx, Conversation head, Instant at) {
        cancelTurn(tx, at);
        return record(tx, head, head.clear(at));
    }

    public static void cancelTurn(ConversationTransaction tx, Instant at) {
        tx.activity().cancel(at).ifPresent(tx::record);
    }

    /** The conversation is gone for good, with its sessions and turns. */
    public static void purge(ConversationTransaction tx, Conversation head, Instant at) {
        cancelTurn(tx, at);
        tx.record(record(tx, head, head.delete(at)).purge(at));
    }

    /** Whether an expired conversation was there; it is gone for good now. */
    public static boolean dropExpired(ConversationTransaction tx, Instant at) {
        Optional<Conversation> expired = tx.find().filter(head -> head.isExpired(at));
        expired.ifPresent(head -> purge(tx, head, at));
        return expired.isPresent();
    }
}
