package dev.confab.domain.conversation;

/** The author of a message. */
public enum Role {
    USER, ASSISTANT, SYSTEM, TOOL
}
