package dev.confab.domain.importjob;

/** What became of a message of an import. */
public enum MessageOutcome {
    IMPORTED,
    /** It was imported before. */
    PRESENT,
    /** It was imported before with another content, which stays. */
    CHANGED,
    /** It is not for a person to read, and is in the data of the message whose id is given. */
    KEPT
}
