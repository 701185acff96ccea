package dev.confab.testsupport.postgres;

import java.util.List;
import java.util.Locale;

/**
 * The messages that a client sends before it waits for an answer: a simple query, or all statements executed up to a Sync.
 *
 * @param statements the SQL as the client wrote it, in the order of execution; also of statements that were prepared earlier
 */
public record Request(List<String> statements) {
    public Request {
        statements = List.copyOf(statements);
    }

    /** Whether it contains a COMMIT. */
    public boolean commits() {
        return statements.stream().anyMatch(sql -> sql.strip().toUpperCase(Locale.ROOT).startsWith("COMMIT"));
    }

    /** Whether a statement contains this text; case matters. */
    public boolean runs(String text) {
        return statements.stream().anyMatch(sql -> sql.contains(text));
    }
}
