package dev.confab.domain;

/** The parent of all named errors. Each package seals a family of them, so that a caller can switch over the family exhaustively. */
public abstract class ConfabException extends RuntimeException {
    protected ConfabException(String message) {
        super(message);
    }

    protected ConfabException(String message, Throwable cause) {
        super(message, cause);
    }
}
