package dev.confab.adapter.persistence.jpa.database;

/** The database cannot be served from: not there, not ours to use, of a newer schema, or careless. The message says which and what to do. */
public final class DatabaseCannotServe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseCannotServe(String message) {
        super(message);
    }

    public DatabaseCannotServe(String message, Throwable cause) {
        super(message, cause);
    }
}
