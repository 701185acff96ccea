package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.util.function.Function;

/**
 * A store that runs every work twice and drops what came of it first, as any store may (S9). Whatever a store promises it still
 * promises through this one; a work that has another effect than through its transaction shows here.
 */
public record RunTwice(ConversationStore store) implements ConversationStore {

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        try {
            store.transact(id, tx -> {
                try {
                    var _ = work.apply(tx);
                } catch (RuntimeException | Error thrown) {
                    // The second run may come to something else: only its outcome counts.
                    throw new Dropped();
                }
                throw new Dropped();
            });
        } catch (Dropped intended) {
            // nothing of the first run is recorded
        }
        // An interrupt within the first run came after the work was taken up, so it may not end the wait for the second.
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
            super("the first of two runs", null, false, false);
        }
    }
}
