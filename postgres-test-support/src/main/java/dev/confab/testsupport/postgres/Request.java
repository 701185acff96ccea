package dev.confab.testsupport.postgres;

import java.util.List;
import java.util.Locale;

/**
 * What a client asks of the server before it waits for an answer: a simple query, or everything executed up to a Sync.
 *
 * @param statements the SQL in the order of execution, as the client wrote it; a statement prepared earlier has its text, too
 */
public record Request(List<String> statements) {
    public Request {
        statements = List.copyOf(statements);
    }

    /** Whether it ends a transaction by COMMIT. */
    public boolean commits() {
        return statements.stream().anyMatch(sql -> sql.strip().toUpperCase(Locale.ROOT).startsWith("COMMIT"));
    }

    /** Whether a statement contains this text, in this case. */
    public boolean runs(String text) {
        return statements.stream().anyMatch(sql -> sql.contains(text));
    }
}
