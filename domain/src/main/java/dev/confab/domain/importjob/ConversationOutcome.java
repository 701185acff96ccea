package dev.confab.domain.importjob;

/** What became of a conversation of an import. */
public enum ConversationOutcome {
    /** It is new. */
    IMPORTED,
    /** It was there, and messages were appended. */
    EXTENDED,
    /** It was there, with every message. */
    PRESENT
}
