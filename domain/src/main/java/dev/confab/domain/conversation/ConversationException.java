package dev.confab.domain.conversation;

import dev.confab.domain.ConfabException;

/** A conversation rejects a request. Each kind carries the values that the caller needs. */
public abstract sealed class ConversationException extends ConfabException
        permits ConversationNotFound, MessageNotFound,
        VersionConflict, MessageIdReused, MessageIsRemoved, ConversationIdReused, ConversationInBin,
        ConversationNotDeleted,
        InvalidValue {
    ConversationException(String message) {
        super(message);
    }
}
