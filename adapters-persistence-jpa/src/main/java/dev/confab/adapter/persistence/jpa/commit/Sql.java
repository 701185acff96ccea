package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.domain.terms.Terms;
import dev.confab.domain.work.ActivityChange;
import java.util.Optional;

/**
 * The statements of commits. Each first writes the conversation's row, if it still has the known life and revision.
 * The other parts use the row that this returns as {@code c}: without it nothing is written. {@link #ended} completes
 * the statements that change or insert a row.
 */
final class Sql {
    /** Whether the row still is as known, for functions that recorded nothing. */
    static final String CONFIRM = "SELECT 1 FROM conversation WHERE id = ? AND life = ? AND revision = ?";

    static final String CONFIRM_ABSENT = "SELECT 1 WHERE NOT EXISTS (SELECT FROM conversation WHERE id = ?)";

    static final String PURGE = "DELETE FROM conversation WHERE id = ? AND life = ? AND revision = ? RETURNING 0";

    private static final String MESSAGES = """
            unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            AS m (position, id, role, author, text, data, metadata, created_at, edited_at, removed_at, version, digest, incomplete, weight,
                  terms)""";

    /** Follows a WITH clause that defines {@code c (id)}. */
    private static final String INSERT_MESSAGES = """
            INSERT INTO message (conversation_id, position, id, role, author, text, data, metadata, created_at, edited_at,
                                 removed_at, version, digest, incomplete, weight, terms, terms_version)
            SELECT c.id, m.position, m.id, m.role, m.author, m.text, m.data, m.metadata::jsonb, m.created_at,
                   m.edited_at, m.removed_at, m.version, m.digest, m.incomplete, m.weight, m.terms::text[], %d
            FROM c, %s"""
            .formatted(Terms.VERSION, MESSAGES);

    private static final String COUNTERS = "revision = ?, version = ?, message_count = ?, updated_at = ?, weight = weight + ?";
    /** Minus the removed or replaced messages. If the row is as known, its messages are those that the statement sees. */
    private static final String COUNTERS_OF_REWRITE = COUNTERS + """
            - (SELECT coalesce(sum(old.weight), 0) FROM message AS old
               WHERE old.conversation_id = conversation.id AND (old.position > ? OR old.position = ANY (?)))""";
    private static final String IF_AS_KNOWN = """
            , changed_in = pg_current_xact_id()
            WHERE id = ? AND life = ? AND revision = ? RETURNING id, life""";
    private static final String UPDATE_COUNTERS = "UPDATE conversation SET " + COUNTERS + IF_AS_KNOWN;
    private static final String HEAD = ", title = ?, metadata = ?::jsonb, pinned = ?, archived = ?, labels = ?, created_at = ?"
            + ", deleted_at = ?, expires_at = ?, title_terms = ?, digest = ?, title_terms_version = " + Terms.VERSION
            + IF_AS_KNOWN;
    private static final String UPDATE_HEAD = "UPDATE conversation SET " + COUNTERS + HEAD;
    private static final String UPDATE_HEAD_OF_REWRITE = "UPDATE conversation SET " + COUNTERS_OF_REWRITE + HEAD;

    private static final String TRUNCATE_AND_EDIT = """
            , truncated AS (DELETE FROM message USING c WHERE conversation_id = c.id AND position > ?)
            , edited AS (
                UPDATE message SET author = m.author, text = m.text, data = m.data, metadata = m.metadata::jsonb,
                       edited_at = m.edited_at, removed_at = m.removed_at, version = m.version, digest = m.digest,
                       incomplete = m.incomplete, weight = m.weight, terms = m.terms::text[], terms_version = %d
                FROM c, %s WHERE message.conversation_id = c.id AND message.position = m.position)"""
            .formatted(Terms.VERSION, MESSAGES);

    static final String BEGIN = begin("?");

    /** Fails with {@link dev.confab.adapter.persistence.jpa.database.SqlFailures#OWNER_ERASED} if an erasure refuses it. */
    static final String BEGIN_UNLESS_ERASED = begin("owner_unless_erased(?, ?)");

    static final String CHANGE_HEAD = "WITH c AS (" + UPDATE_HEAD + ")";

    /** Only sessions or turns change: of the head only the revision. */
    static final String TOUCH = "WITH c AS (" + UPDATE_COUNTERS + ")";

    static final String APPEND = "WITH c AS (" + UPDATE_COUNTERS + "), appended AS (" + INSERT_MESSAGES + ")";

    static final String CHANGE_HEAD_AND_APPEND = "WITH c AS (" + UPDATE_HEAD + "), appended AS (" + INSERT_MESSAGES
            + ")";

    static final String REWRITE = "WITH c AS (" + UPDATE_HEAD_OF_REWRITE + ")" + TRUNCATE_AND_EDIT;

    /** Follows a {@link #REWRITE}: one statement might insert the messages before it deletes the old ones. */
    static final String THEN_APPEND = "WITH c AS (SELECT ?::uuid AS id) " + INSERT_MESSAGES;

    static final String LOCK = "SELECT 1 FROM conversation WHERE id = ? FOR UPDATE";

    private Sql() {
    }

    /** @param owner the expression of the owner's column */
    private static String begin(String owner) {
        return """
                WITH c AS (
                    INSERT INTO conversation (revision, version, message_count, updated_at, weight, title, metadata, pinned, archived, labels,
                                              created_at, deleted_at, expires_at, title_terms, digest, id, owner_id, forked_from_conversation,
                                              forked_from_message, title_terms_version)
                    VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s, ?, ?, %d)
                    ON CONFLICT DO NOTHING RETURNING id, life), begun AS (%s)"""
                .formatted(owner, Terms.VERSION, INSERT_MESSAGES);
    }

    /** The statement with the parts that write changed sessions and turns. It returns the life of the row. */
    static String ended(String statement, Optional<ActivityChange> change) {
        return statement + (change.filter(ActivityParameters::hasSessions).isPresent() ? ActivitySql.SESSIONS : "")
                + (change.filter(ActivityParameters::hasTurns).isPresent() ? ActivitySql.TURNS : "")
                + " SELECT life FROM c";
    }
}
