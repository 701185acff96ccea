package dev.confab.domain;

/**
 * What every named error of Confab is. Below it stands one sealed family a package
 * ({@link dev.confab.domain.conversation.ConversationException}, {@link dev.confab.domain.session.SessionException}, {@link dev.confab.domain.port.StorageException}), because
 * Java seals within a package; a caller switches over a family exhaustively.
 */
public abstract class ConfabException extends RuntimeException {
    protected ConfabException(String message) {
        super(message);
    }

    protected ConfabException(String message, Throwable cause) {
        super(message, cause);
    }
}
