package dev.confab.domain.port;

/** A transaction exceeded one of the limits of {@link ConversationTransaction}. Nothing is recorded. */
public final class TransactionTooLarge extends StorageException {
    public TransactionTooLarge(String message) {
        super(message);
    }
}
