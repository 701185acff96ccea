package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.util.function.Function;

/**
 * A store that runs every transaction function twice and discards the first run, as any store may (S9). It fulfils the same contract as
 * the store below. A transaction function with other effects than those of its transaction fails here.
 */
public record RunTwice(ConversationStore store) implements ConversationStore {

    @Override
    public FencingToken token(OwnerId owner) {
        return store.token(owner);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        try {
            store.transact(id, tx -> {
                try {
                    var _ = work.apply(tx);
                } catch (RuntimeException | Error thrown) {
                    // Only the outcome of the second run counts.
                    throw new Dropped();
                }
                throw new Dropped();
            });
        } catch (Dropped intended) {
            // the first run is not recorded
        }
        // An interrupt during the first run must not end the wait for the second, because the function has started (S8).
        boolean interrupted = Thread.interrupted();
        try {
            return store.transact(id, work);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Dropped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Dropped() {
            super("the first of two runs is discarded", null, false, false);
        }
    }
}
