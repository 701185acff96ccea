package dev.confab.domain.importjob;

/** What a job does, or how it ended. */
public enum ImportState {
    /** It waits for an instance. */
    QUEUED,
    /** An instance runs it, or ran it until it crashed; another one will go on. */
    RUNNING,
    /** The file was read to its end, and something of it is stored. The report says whether something was refused. */
    SUCCEEDED,
    /** Nothing of the file is stored, or the run could not go on. */
    FAILED,
    /** Its owner stopped it. What was imported until then stays. */
    CANCELLED;

    public boolean isEnd() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
