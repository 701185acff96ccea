package dev.confab.benchmarks.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Something that keeps conversations in PostgreSQL, used as its documentation tells users to, in a database of its own. May be
 * called from many threads at once.
 */
interface Peer extends AutoCloseable {

    /** How many messages the memories that keep a window may keep: more than any conversation here has. */
    int WINDOW = 100_000;

    /** Starts a conversation with these messages, by the shortest way it has. */
    void start(UUID conversation, List<String> texts);

    /** Appends a user's message, durably once it returns. */
    void append(UUID conversation, String text);

    /** How often each text is stored in the conversation. */
    Map<String, Long> copies(UUID conversation) throws SQLException;

    /** Gives the connections back. */
    @Override
    void close();

    /** The jar that a class came from, which names the version measured. */
    static String jarOf(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
    }
}
