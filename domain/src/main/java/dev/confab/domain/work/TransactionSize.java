package dev.confab.domain.work;

import static dev.confab.domain.port.ConversationTransaction.MAX_BYTES;
import static dev.confab.domain.port.ConversationTransaction.MAX_CREATION_BYTES;
import static dev.confab.domain.port.ConversationTransaction.MAX_CREATION_MESSAGES;
import static dev.confab.domain.port.ConversationTransaction.MAX_EVENTS;
import static dev.confab.domain.port.ConversationTransaction.MAX_STAGED_MESSAGES;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.TransactionTooLarge;
import java.util.List;

/** Counts what a transaction records, and throws {@link TransactionTooLarge} when it exceeds a limit. */
final class TransactionSize {
    private long bytes;
    private boolean exceeded;

    void add(int weight) {
        bytes += weight;
        require(bytes <= MAX_BYTES, "more than " + MAX_BYTES + " bytes in one transaction");
    }

    void addCreation(List<Message> messages) {
        long weight = messages.stream().mapToLong(Message::weight).sum();
        require(messages.size() <= MAX_CREATION_MESSAGES && weight <= MAX_CREATION_BYTES, "a conversation can begin "
                + "with at most " + MAX_CREATION_MESSAGES + " messages and " + MAX_CREATION_BYTES + " bytes");
    }

    void requireFewStaged(List<Message> messages) {
        require(messages.size() <= MAX_STAGED_MESSAGES,
                "more than " + MAX_STAGED_MESSAGES + " messages staged in one transaction");
    }

    void requireRoomAfter(int events) {
        require(events < MAX_EVENTS, "more than " + MAX_EVENTS + " events in one transaction");
    }

    /** A transaction function that caught the exception must not commit the part that fitted. */
    void requireNeverExceeded() {
        require(!exceeded, "the transaction was too large; nothing of it is recorded");
    }

    private void require(boolean fits, String fault) {
        if (!fits) {
            exceeded = true;
            throw new TransactionTooLarge(fault);
        }
    }
}
