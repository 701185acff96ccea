package dev.confab.domain.conversation;

/** The conversation that was forked, which may be gone since, and the last message copied from it. */
public record Origin(ConversationId conversationId, MessageId messageId) {
}
