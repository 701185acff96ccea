package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What many threads did to a store and what they observed: the invocation, the return and the result of each operation, for a
 * {@link HistoryChecker}.
 *
 * <p>All threads must use {@link #recording(ConversationStore)} and {@link #recording(ConversationReader)}, from the first write of a
 * conversation on. Several instances over one storage may share a history. Record the store itself, below any retry: a retry can
 * turn an unknown outcome that was committed into a repeated request that records nothing.
 */
public final class History {
    private final AtomicLong clock = new AtomicLong();
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

    /** Records the calls of a store. */
    public RecordingStore recording(ConversationStore store) {
        return new RecordingStore(store, this);
    }

    /** Records the calls of a reader, except {@code search}: its hits do not contain versions. */
    public ConversationReader recording(ConversationReader reader) {
        return new RecordingReader(reader, this);
    }

    long tick() {
        return clock.incrementAndGet();
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }
}
