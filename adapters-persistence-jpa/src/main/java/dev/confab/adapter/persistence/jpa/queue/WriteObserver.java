package dev.confab.adapter.persistence.jpa.queue;

/**
 * Observes writes, for metrics. Called from many threads; must return at once and throw nothing.
 */
public interface WriteObserver {
    WriteObserver NONE = new WriteObserver() {
    };

    /** A transaction function waited for its turn to run on its conversation in this instance. */
    default void lockWaited(long nanos) {
    }

    /** A commit of {@code transactions} transactions succeeded or failed. */
    default void committed(int transactions, long nanos) {
    }

    /** Another instance changed the conversation before a commit: the functions of that commit run again. */
    default void raceLost() {
    }
}
