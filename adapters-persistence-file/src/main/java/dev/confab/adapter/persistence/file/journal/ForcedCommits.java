package dev.confab.adapter.persistence.file.journal;

/** Receives forced commits. The journal's thread calls it. */
public interface ForcedCommits {
    /** A line with this many commits and bytes is durable; its force took this long. */
    void batchForced(int commits, long bytes, long forceNanos);

    /** The commit is durable and has this number: makes it visible. Called in the order of the numbers. */
    void publish(PendingCommit commit, long number);
}
