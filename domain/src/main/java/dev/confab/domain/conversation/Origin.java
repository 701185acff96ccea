package dev.confab.domain.conversation;

/** The conversation that a fork was made from, which may no longer exist, and the last message copied from it. */
public record Origin(ConversationId conversationId, MessageId messageId) {
}
