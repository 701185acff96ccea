package dev.confab.adapter.persistence.jpa.database;

/**
 * The store cannot use the database, because it cannot be reached, denies access, has a newer schema, or may lose
 * acknowledged commits. The message says why, and what to do.
 */
public sealed class DatabaseCannotServe extends RuntimeException permits DatabaseUnreachable {
    private static final long serialVersionUID = 1L;

    public DatabaseCannotServe(String message) {
        super(message);
    }

    public DatabaseCannotServe(String message, Throwable cause) {
        super(message, cause);
    }
}
