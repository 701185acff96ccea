package dev.confab.application.conversation;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.util.function.Function;

/** Runs every work once for nothing and then once more, as any store may (S9). */
record EveryWorkTwice(ConversationStore store) implements ConversationStore {
    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        try {
            store.transact(id, tx -> {
                work.apply(tx);
                throw new ForNothing();
            });
        } catch (ForNothing expected) {
            // what the work recorded is dropped
        }
        return store.transact(id, work);
    }

    private static final class ForNothing extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
