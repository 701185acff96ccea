package dev.confab.bootstrap.failure;

/** The application cannot start. The user sees the message and the action, and no stack trace. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param message what failed; never a secret
     * @param action what the user can do about it
     */
    public CannotStart(String message, String action) {
        super(message);
        this.action = action;
    }

    /** For a failure whose cause says what failed. */
    public CannotStart(Throwable cause, String action) {
        this(String.valueOf(cause.getMessage()), action, cause);
    }

    public CannotStart(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
