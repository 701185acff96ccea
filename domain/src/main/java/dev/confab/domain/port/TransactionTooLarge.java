package dev.confab.domain.port;

/** A transaction recorded more than {@link ConversationTransaction} allows. Nothing is recorded. */
public final class TransactionTooLarge extends StorageException {
    private static final long serialVersionUID = 1L;

    public TransactionTooLarge(String message) {
        super(message);
    }
}
