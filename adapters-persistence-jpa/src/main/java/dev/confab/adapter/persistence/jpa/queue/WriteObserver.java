package dev.confab.adapter.persistence.jpa.queue;

/**
 * Observes the writes of a store on PostgreSQL, for metrics. Called from many threads; must return at once and throw
 * nothing.
 */
public interface WriteObserver {
    WriteObserver NONE = new WriteObserver() {
    };

    /** A transaction function waited for its turn to run on its conversation in this instance. */
    default void lockWaited(long nanos) {
    }

    /**
     * A commit succeeded or failed.
     *
     * @param works how many transaction functions shared it
     */
    default void committed(int works, long nanos) {
    }

    /** Another instance changed the conversation before a commit: the functions of that commit run again. */
    default void raceLost() {
    }
}
