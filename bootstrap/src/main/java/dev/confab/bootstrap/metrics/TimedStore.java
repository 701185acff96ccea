package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;

/** Times the calls to a store. The retry is outside of it, so that it sees each attempt. */
public final class TimedStore implements ConversationStore {
    private final ConversationStore store;
    private final StoreCalls calls;

    public TimedStore(ConversationStore store, MeterRegistry registry) {
        this.store = store;
        this.calls = new StoreCalls(registry);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return calls.time("transact", () -> store.transact(id, work));
    }
}
