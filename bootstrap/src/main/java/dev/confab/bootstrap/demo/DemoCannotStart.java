package dev.confab.bootstrap.demo;

/** The profile {@code demo} cannot have its PostgreSQL. */
final class DemoCannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /** @param action what to do about it, a sentence */
    DemoCannotStart(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    DemoCannotStart(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
