package dev.confab.domain.conversation;

/** The precondition does not admit the current version of the conversation, or of the message that the request named. */
public final class VersionConflict extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;
    private final transient Version current;

    public VersionConflict(ConversationId conversationId, Version current) {
        super("conversation " + conversationId + " is now at version " + current);
        this.conversationId = conversationId;
        this.current = current;
    }

    public ConversationId conversationId() {
        return conversationId;
    }

    public Version current() {
        return current;
    }
}
