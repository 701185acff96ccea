package dev.confab.adapter.persistence.jpa.database;

/** No server answers, or it is still starting: the same call may succeed later. */
public final class DatabaseUnreachable extends DatabaseCannotServe {
    private static final long serialVersionUID = 1L;

    DatabaseUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
