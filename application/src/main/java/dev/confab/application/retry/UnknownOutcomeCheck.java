package dev.confab.application.retry;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs a repeatable transaction function whose result says whether this call created something. When the outcome is unknown, the function
 * runs again, and what it then finds may be this call's own.
 */
public final class UnknownOutcomeCheck {
    private UnknownOutcomeCheck() {
    }

    /** @param found maps the result of the second run */
    public static <R> R transact(RetryingConversationStore store, ConversationId id,
            Function<ConversationTransaction, R> work,
            UnaryOperator<R> found) {
        try {
            return store.transact(id, work);
        } catch (CommitOutcomeUnknown unknown) {
            try {
                return found.apply(store.transactRepeatable(id, work));
            } catch (StorageException again) {
                // The first run may have been committed, however the second failed.
                unknown.addSuppressed(again);
                throw unknown;
            }
        }
    }
}
