package dev.confab.adapter.persistence.file;

/** Receives measurements, for metrics. Threads of the store call it: it must return at once and must not throw. */
public interface FileStoreObserver {
    /** A transaction has waited this long for the write permit of its conversation, whether it got it or not. */
    default void lockWaited(long nanos) {
    }

    /** A line with this many commits and bytes was written to the journal and forced; the force took {@code forceNanos}. */
    default void batchForced(int commits, long bytes, long forceNanos) {
    }

    /** A checkpoint of this many conversations has ended; it took {@code nanos}. */
    default void checkpointed(int conversations, long nanos) {
    }
}
