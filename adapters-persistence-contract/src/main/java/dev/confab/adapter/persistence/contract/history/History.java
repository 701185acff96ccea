package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What many threads did to a store and what they were told: each call's invoke, return and result, for a {@link HistoryChecker}.
 *
 * <p>Let every thread go through {@link #recording(ConversationStore)} and {@link #recording(ConversationReader)}, from a
 * conversation's first write on; several instances over one storage may share a history. Record the store itself, beneath any
 * retry: a retry may turn an unknown outcome, that was committed, into a repeat that records nothing.
 */
public final class History {
    private final AtomicLong clock = new AtomicLong();
    private final Queue<Operation> calls = new ConcurrentLinkedQueue<>();

    /** The store, recorded. */
    public RecordingStore recording(ConversationStore store) {
        return new RecordingStore(store, this);
    }

    /** The reader, recorded; but not {@code search}, whose hits do not tell of which version they are. */
    public ConversationReader recording(ConversationReader reader) {
        return new RecordingReader(reader, this);
    }

    long tick() {
        return clock.incrementAndGet();
    }

    void add(Operation call) {
        calls.add(call);
    }

    List<Operation> calls() {
        return List.copyOf(calls);
    }
}
