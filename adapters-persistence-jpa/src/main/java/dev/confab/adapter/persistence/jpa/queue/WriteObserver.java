package dev.confab.adapter.persistence.jpa.queue;

/** Is told what a store on PostgreSQL does, for metrics. Called from many threads; must return at once and throw nothing. */
public interface WriteObserver {
    WriteObserver NONE = new WriteObserver() {
    };

    /** A work waited for the write permit on its conversation in this instance. */
    default void lockWaited(long nanos) {
    }

    /**
     * A commit was made, or failed.
     *
     * @param works how many works shared it
     */
    default void committed(int works, long nanos) {
    }

    /** A commit found that another instance had been faster: its works run again. */
    default void raceLost() {
    }
}
