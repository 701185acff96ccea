package dev.confab.domain.conversation;

/** The precondition does not admit the current version of the conversation, or of the message that the request named. */
public final class VersionConflict extends ConversationException {
    private final ConversationId conversationId;
    private final Version current;

    public VersionConflict(ConversationId conversationId, Version current) {
        super("conversation " + conversationId + " is now at version " + current);
        this.conversationId = conversationId;
        this.current = current;
    }

    public Version current() {
        return current;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
