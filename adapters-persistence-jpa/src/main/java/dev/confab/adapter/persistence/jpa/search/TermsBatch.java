package dev.confab.adapter.persistence.jpa.search;

import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.terms.Terms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Rewrites the terms of the next rows that have those of an earlier version, each batch in a transaction.
 *
 * <p>Why it is right: a row is locked from when its text is read until its terms are committed, so they belong together, and an edit or a
 * deletion that comes in between waits some milliseconds and then finds the row as it expects it, since nothing else of it has changed. No
 * deadlock: a batch skips locked rows, so it never waits for a lock. What it rewrote before it was killed is committed, and the rest still
 * has the old version. The advisory lock keeps other instances from doing the same work; correctness does not depend on it.
 */
final class TermsBatch {
    /** The first key tells this lock from those of owners. */
    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(1668247142, 1)";
    /** A batch is lost if the server crashes, and done again. */
    private static final String NEED_NOT_BE_DURABLE = "SET LOCAL synchronous_commit = off";
    private static final int ROWS = 200;
    private static final int CHARACTERS = 2 * 1024 * 1024;
    private static final int FETCHED_AT_ONCE = 10;

    private static final String OLD_MESSAGES = """
            SELECT m.conversation_id, m.position, c.owner_id, m.text
            FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.terms_version < %d AND (m.conversation_id, m.position) > (?, ?)
            ORDER BY m.conversation_id, m.position LIMIT %d FOR NO KEY UPDATE OF m SKIP LOCKED"""
            .formatted(Terms.VERSION, ROWS);

    private static final String REWRITE_MESSAGES = """
            UPDATE message SET terms = t.terms::text[], terms_version = %d
            FROM unnest(?::uuid[], ?::int[], ?::text[]) AS t (conversation_id, position, terms)
            WHERE message.conversation_id = t.conversation_id AND message.position = t.position"""
            .formatted(Terms.VERSION);

    private static final String OLD_TITLES = """
            SELECT id, 0, owner_id, title FROM conversation
            WHERE title_terms_version < %d AND title IS NOT NULL AND (id, 0) > (?, ?)
            ORDER BY id LIMIT %d FOR NO KEY UPDATE SKIP LOCKED"""
            .formatted(Terms.VERSION, ROWS);

    private static final String REWRITE_TITLES = """
            UPDATE conversation SET title_terms = t.terms::text[], title_terms_version = %d
            FROM unnest(?::uuid[], ?::int[], ?::text[]) AS t (id, unused, terms) WHERE conversation.id = t.id"""
            .formatted(Terms.VERSION);

    private final Connection connection;

    TermsBatch(Connection connection) {
        this.connection = connection;
    }

    /** Which rows: of messages, or of titles. */
    enum Kind {
        TITLES(OLD_TITLES, REWRITE_TITLES), MESSAGES(OLD_MESSAGES, REWRITE_MESSAGES);

        private final String old;
        private final String rewrite;

        Kind(String old, String rewrite) {
            this.old = old;
            this.rewrite = rewrite;
        }
    }

    /** A row: of a title, its position is 0. */
    record Place(UUID conversation, int position) {
        static final Place FIRST = new Place(new UUID(0, 0), -1);
    }

    private record Row(Place place, String terms) {
    }

    /** What a batch did. */
    sealed interface Outcome {
        /** Another instance is at work. */
        record Elsewhere() implements Outcome {
        }

        /** @param last where the next batch continues */
        record Rewritten(int rows, Place last) implements Outcome {
        }
    }

    Outcome run(Kind kind, Place after) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (!tryLock()) {
                return new Outcome.Elsewhere();
            }
            List<Row> rows = read(kind, after);
            if (!rows.isEmpty()) {
                rewrite(kind, rows);
            }
            connection.commit();
            return new Outcome.Rewritten(rows.size(), rows.isEmpty() ? after : rows.getLast().place);
        } finally {
            // Nothing is open after a commit. A broken connection cannot roll back; the server does.
            if (!connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    private boolean tryLock() throws SQLException {
        try (PreparedStatement durability = connection.prepareStatement(NEED_NOT_BE_DURABLE);
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            durability.execute();
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Not many large texts at once. */
    private List<Row> read(Kind kind, Place after) throws SQLException {
        var rows = new ArrayList<Row>();
        try (PreparedStatement statement = connection.prepareStatement(kind.old)) {
            statement.setObject(1, after.conversation);
            statement.setInt(2, after.position);
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet found = statement.executeQuery()) {
                for (long characters = 0; characters < CHARACTERS && found.next();) {
                    String text = found.getString(4);
                    characters += text.length();
                    rows.add(new Row(new Place(found.getObject(1, UUID.class), found.getInt(2)),
                            TermsColumn.literal(found.getString(3), text)));
                }
            }
        }
        return rows;
    }

    private void rewrite(Kind kind, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(kind.rewrite)) {
            statement.setArray(1,
                    connection.createArrayOf("uuid", rows.stream().map(row -> row.place.conversation).toArray()));
            statement.setArray(2,
                    connection.createArrayOf("int4",
                            rows.stream().map(row -> row.place.position).toArray(Integer[]::new)));
            statement.setArray(3, connection.createArrayOf("text", rows.stream().map(Row::terms).toArray()));
            statement.executeUpdate();
        }
    }
}
