package dev.confab.domain.conversation;

/** The conversation, or the message that the request named, does not have the expected version but {@link #current()}. */
public final class VersionConflict extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;
    private final transient Version current;

    public VersionConflict(ConversationId conversationId, Version current) {
        super("conversation " + conversationId + " is at version " + current + " by now");
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
