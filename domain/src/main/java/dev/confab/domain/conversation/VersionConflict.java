package dev.confab.domain.conversation;

/** A precondition no longer holds: the conversation, or the message it named, is at {@link #current()}. */
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
