package dev.confab.domain.conversation;

/** The immediate parent of a fork, which may since be gone, and the last message taken from it. */
public record Origin(ConversationId conversationId, MessageId messageId) {
}
