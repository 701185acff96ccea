package dev.confab.adapter.persistence.contract.harness;

/** The storage below a store, made to fail. Reads are not touched. */
public interface Faults {

    /**
     * Makes the next commit fail, and the one after it succeed unless the store refuses all further ones until it is opened
     * anew.
     */
    void failNextCommit(Failure failure);

    /** How a commit fails. */
    enum Failure {
        /** The storage takes nothing: the store is certain that nothing is recorded. */
        REFUSED,
        /** The storage may have taken it or not, and the store cannot know. */
        UNKNOWN
    }
}
