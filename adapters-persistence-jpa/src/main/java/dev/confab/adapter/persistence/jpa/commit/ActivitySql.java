package dev.confab.adapter.persistence.jpa.commit;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

/**
 * The parts of a statement that write sessions and turns. They depend on {@code c}, the conversation's row: without
 * it they do nothing, and with it no other transaction writes the same rows. No row is both deleted and written.
 */
final class ActivitySql {
    static final String SESSIONS = parts("session",
            "owner_id, name, expires_at, instructions, model, context_tokens, context,"
                    + " version, created_at, updated_at, activated_at, digest");

    static final String TURNS = parts("turn",
            "session_id, prompt_message_id, reply_message_id, state, lease_until, said,"
                    + " failure_code, failure_detail, step, queued_at, input, started_at, finished_at, rounds,"
                    + " prompt_tokens, completion_tokens, digest");

    private ActivitySql() {
    }

    /**
     * Parameters: the ids of all rows that remain, then the columns of the rows to write. Ordinal 0 keeps the stored
     * ordinal. The insert counts the deleted rows to make the server delete first; otherwise an unfinished turn might
     * be inserted while the previous one is still there.
     */
    private static String parts(String table, String columns) {
        String[] names = columns.split(", ", -1);
        return """
                , %1$s_gone AS (DELETE FROM %1$s USING c WHERE conversation_id = c.id AND %1$s.id <> ALL (?)
                    RETURNING 0)
                , %1$s_kept AS (
                    INSERT INTO %1$s AS stored (conversation_id, id, ordinal, %2$s)
                    SELECT c.id, r.* FROM c, unnest(?, ?, %3$s) AS r (id, ordinal, %2$s)
                    WHERE (SELECT count(*) FROM %1$s_gone) >= 0
                    ON CONFLICT (conversation_id, id) DO UPDATE
                    SET ordinal = GREATEST(stored.ordinal, excluded.ordinal), %4$s)""".formatted(table, columns,
                String.join(", ", Collections.nCopies(names.length, "?")),
                Arrays.stream(names).map(name -> name + " = excluded." + name).collect(Collectors.joining(", ")));
    }
}
