package dev.confab.domain.conversation;

import dev.confab.domain.ConfabException;

/** A request that a conversation refuses. Each kind carries the values its caller needs. */
public abstract sealed class ConversationException extends ConfabException
        permits ConversationNotFound, MessageNotFound,
        VersionConflict, MessageIdReused, ConversationIdReused, ConversationNotDeleted, InvalidValue {
    private static final long serialVersionUID = 1L;

    ConversationException(String message) {
        super(message);
    }
}
