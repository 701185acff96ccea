package dev.confab.application.retry;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs a repeatable work whose result says whether it was this call that made something: when the outcome is unknown it looks again,
 * and what it then finds may be its own.
 */
public final class UnknownOutcomeCheck {
    private UnknownOutcomeCheck() {
    }

    /** @param found what to make of the result of the second look */
    public static <R> R transact(RetryingConversationStore store, ConversationId id,
            Function<ConversationTransaction, R> work,
            UnaryOperator<R> found) {
        try {
            return store.transact(id, work);
        } catch (CommitOutcomeUnknown unknown) {
            try {
                return found.apply(store.transactRepeatable(id, work));
            } catch (StorageException again) {
                // The first look may have been committed, whatever became of the second.
                unknown.addSuppressed(again);
                throw unknown;
            }
        }
    }
}
