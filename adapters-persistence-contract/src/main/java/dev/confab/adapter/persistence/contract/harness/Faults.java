package dev.confab.adapter.persistence.contract.harness;

/** Makes the storage of a store fail on writes. Reads are not affected. */
public interface Faults {

    /** Makes the next commit or change of API keys fail. Later ones succeed, unless the store rejects them until it is reopened. */
    void failNextCommit(Failure failure);

    /** How a commit fails. */
    enum Failure {
        /** The storage writes nothing, and the store knows it. */
        REFUSED,
        /** The storage writes the commit or not, and the store cannot know. */
        UNKNOWN
    }
}
