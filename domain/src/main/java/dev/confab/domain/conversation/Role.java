package dev.confab.domain.conversation;

/** Who speaks. */
public enum Role {
    USER, ASSISTANT, SYSTEM, TOOL
}
