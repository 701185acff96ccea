package dev.confab.domain.port;

import dev.confab.domain.ConfabException;

/** A store failed. Each kind says whether the transaction is recorded (S15). */
public abstract sealed class StorageException extends ConfabException
        permits LockTimeout, StorageUnavailable, CommitOutcomeUnknown, TransactionTooLarge, ConversationDamaged {
    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
