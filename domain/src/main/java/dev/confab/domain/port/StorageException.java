package dev.confab.domain.port;

import dev.confab.domain.ConfabException;

/** A store could not do what was asked. Clause S15 says what each kind tells about what is recorded. */
public abstract sealed class StorageException extends ConfabException
        permits LockTimeout, StorageUnavailable, CommitOutcomeUnknown, TransactionTooLarge, ConversationDamaged {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
