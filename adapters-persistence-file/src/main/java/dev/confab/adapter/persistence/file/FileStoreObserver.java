package dev.confab.adapter.persistence.file;

/** Is told what the store does, for metrics. Called from the store's threads; must return at once and throw nothing. */
public interface FileStoreObserver {
    /** A work has waited this long for its conversation, whether it got it or not. */
    default void lockWaited(long nanos) {
    }

    /** A line of this many commits and bytes was written to the journal and forced; the force took {@code forceNanos}. */
    default void batchForced(int commits, long bytes, long forceNanos) {
    }

    /** A checkpoint of this many conversations was made. */
    default void checkpointed(int conversations, long nanos) {
    }
}
