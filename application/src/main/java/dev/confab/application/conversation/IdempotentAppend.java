package dev.confab.application.conversation;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Appends drafts to the live conversation of a transaction, and tells a repeat from a new batch (S10). */
final class IdempotentAppend {
    private IdempotentAppend() {
    }

    /**
     * The messages that these same drafts made before, in order and next to each other; empty when none of the ids is known.
     *
     * @throws MessageIdReused when only some are known, or not as one batch, or from other drafts
     */
    static Optional<List<Message>> earlier(ConversationTransaction tx, List<MessageDraft> drafts) {
        var known = new ArrayList<Message>();
        for (MessageDraft draft : drafts) {
            tx.message(draft.id()).ifPresent(known::add);
        }
        if (known.isEmpty()) {
            return Optional.empty();
        }
        int first = known.getFirst().position();
        for (int i = 0; i < known.size(); i++) {
            Message message = known.get(i);
            boolean repeated = known.size() == drafts.size() && drafts.get(i).made(message)
                    && message.position() == first + i;
            if (!repeated) {
                throw new MessageIdReused(tx.conversation().id(), message.id());
            }
        }
        return Optional.of(List.copyOf(known));
    }

    /** Appends all, as this transaction's next events, and returns what they made. */
    static List<Message> append(ConversationTransaction tx, List<MessageDraft> drafts, Instant at) {
        var made = new ArrayList<Message>(drafts.size());
        for (MessageDraft draft : drafts) {
            var event = tx.conversation().append(draft, at);
            tx.record(event);
            made.add(event.message());
        }
        return List.copyOf(made);
    }
}
