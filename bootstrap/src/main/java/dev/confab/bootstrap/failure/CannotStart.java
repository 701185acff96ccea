package dev.confab.bootstrap.failure;

/** The application cannot start, or a command cannot do its work. The user sees the message and the action, and no stack trace. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;
    private final ExitStatus status;

    /**
     * @param message what failed; never a secret
     * @param action how the user can correct it
     */
    public CannotStart(String message, String action) {
        super(message);
        this.action = action;
        this.status = ExitStatus.CONFIG;
    }

    /** For a failure whose cause says what failed. */
    public CannotStart(Throwable cause, String action) {
        this(String.valueOf(cause.getMessage()), action, ExitStatus.CONFIG, cause);
    }

    public CannotStart(String message, String action, Throwable cause) {
        this(message, action, ExitStatus.CONFIG, cause);
    }

    /** For a failure that is no wrong setting. */
    public CannotStart(Throwable cause, String action, ExitStatus status) {
        this(String.valueOf(cause.getMessage()), action, status, cause);
    }

    public CannotStart(String message, String action, ExitStatus status, Throwable cause) {
        super(message, cause);
        this.action = action;
        this.status = status;
    }

    public ExitStatus status() {
        return status;
    }

    String action() {
        return action;
    }
}
