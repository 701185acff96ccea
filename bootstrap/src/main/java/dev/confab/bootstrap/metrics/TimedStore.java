package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;

/** A store whose calls are timed. It stands inside the retry, so that every try is seen. */
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
