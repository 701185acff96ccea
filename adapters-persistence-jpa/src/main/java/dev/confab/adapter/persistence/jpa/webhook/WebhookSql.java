package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;

/** The statements that change webhooks and cursors. */
final class WebhookSql {
    /** Creations of one owner come one after another, in all instances; the first number only tells these locks from others. */
    static final String LOCK_OWNER = "SELECT pg_advisory_xact_lock(716506584, hashtext(?))";
    static final String SELECT = "SELECT " + WebhookRow.COLUMNS + " FROM webhook ";
    static final String COUNT = "SELECT count(*) FROM webhook WHERE owner_id = ?";
    static final String INSERT = "INSERT INTO webhook (" + WebhookRow.COLUMNS + ") VALUES (" + WebhookRow.PLACEHOLDERS
            + ")";
    static final String UPDATE = "UPDATE webhook SET (" + WebhookRow.COLUMNS + ") = (" + WebhookRow.PLACEHOLDERS
            + ") WHERE id = ?";
    static final String REMOVE = "DELETE FROM webhook WHERE owner_id = ? AND id = ?";
    static final String REMOVE_ALL = "DELETE FROM webhook WHERE owner_id = ?";

    /** The live ones and those in the bin apart: for each there is an index by owner. */
    private static final String OWNED = """
            (SELECT id, version FROM conversation WHERE owner_id = %1$s AND deleted_at IS NULL AND %2$s
             UNION ALL
             SELECT id, version FROM conversation WHERE owner_id = %1$s AND deleted_at IS NOT NULL)""";

    static final String BEGIN_CURSORS = """
            INSERT INTO webhook_cursor (webhook_id, conversation_id, version, turn_id, turn_step)
            SELECT ?, c.id, c.version, t.id, t.step
            FROM %s c LEFT JOIN LATERAL
                (SELECT id, step FROM turn WHERE conversation_id = c.id AND state <> 'queued'
                 ORDER BY finished_at IS NULL DESC, ordinal DESC LIMIT 1) t ON true"""
            .formatted(OWNED.formatted("?", ConversationEntity.NOT_STAGED));

    /** Waits for writes of the present holder, which lock the row too, and then decides over the row that they left. */
    static final String CLAIM = """
            WITH free AS MATERIALIZED (
                SELECT id FROM webhook
                WHERE disabled_reason IS NULL AND (holder IS NULL OR (holder <> ? AND held_until <= ?))
                ORDER BY id LIMIT ? FOR UPDATE)
            UPDATE webhook SET holder = ?, held_until = ? FROM free WHERE webhook.id = free.id RETURNING webhook.*""";
    static final String RENEW = """
            UPDATE webhook SET held_until = ? WHERE holder = ? AND disabled_reason IS NULL RETURNING webhook.*""";
    static final String RELEASE = "UPDATE webhook SET holder = NULL, held_until = NULL WHERE holder = ?";

    /** Locks the webhook's row, so that no other instance can claim it until the write is committed. */
    private static final String HELD = "WITH held AS (SELECT id FROM webhook WHERE id = ? AND holder = ? FOR SHARE)\n";
    static final String ADVANCE = HELD + """
            INSERT INTO webhook_cursor AS k (webhook_id, conversation_id, version, turn_id, turn_step, failing_since)
            SELECT held.id, ?, ?, CAST(? AS uuid), CAST(? AS integer), CAST(? AS timestamptz) FROM held
            ON CONFLICT (webhook_id, conversation_id) DO UPDATE SET version = EXCLUDED.version,
                turn_id = EXCLUDED.turn_id, turn_step = EXCLUDED.turn_step, failing_since = EXCLUDED.failing_since
            WHERE k.version <= EXCLUDED.version
            RETURNING 1""";
    static final String FORGET = HELD + """
            , gone AS (DELETE FROM webhook_cursor k USING held
                WHERE k.webhook_id = held.id AND k.conversation_id = ?)
            SELECT 1 FROM held""";
    static final String FAILED = """
            UPDATE webhook SET failed_at = ?, failed_event = ?, failure = ? WHERE id = ? AND holder = ? RETURNING 1""";

    /**
     * A turn that has ended or awaits an approval, and of which the webhook has no event in this step. A turn that was cancelled in the queue
     * is reported only when the turn before it has ended, as {@link dev.confab.domain.webhook.Progress} says.
     */
    private static final String UNREPORTED_TURN = """
            EXISTS (SELECT FROM turn t WHERE t.conversation_id = c.id AND t.state NOT IN ('running', 'queued') AND (
                k.turn_id IS NULL
                OR t.id = k.turn_id AND t.step > k.turn_step
                OR t.id <> k.turn_id AND t.ordinal > coalesce((SELECT m.ordinal FROM turn m
                    WHERE m.conversation_id = c.id AND m.id = k.turn_id), -1))
                AND NOT EXISTS (SELECT FROM turn o WHERE o.conversation_id = c.id AND o.finished_at IS NULL
                    AND o.state <> 'queued' AND o.ordinal < t.ordinal))""";

    /** The conversations of the webhook that have changed since its cursor, and those with a cursor that are gone. */
    static final String DUE = """
            WITH w AS MATERIALIZED (SELECT id, owner_id FROM webhook WHERE id = :id)
            SELECT due.id FROM (
                SELECT c.id FROM w CROSS JOIN LATERAL %s c
                    LEFT JOIN webhook_cursor k ON k.webhook_id = w.id AND k.conversation_id = c.id
                WHERE k.version IS NULL OR k.version <> c.version OR %s
                UNION ALL
                SELECT k.conversation_id FROM w JOIN webhook_cursor k ON k.webhook_id = w.id
                WHERE NOT EXISTS (SELECT FROM conversation c WHERE c.id = k.conversation_id AND c.owner_id = w.owner_id
                    AND %s)
            ) due
            WHERE CAST(:after AS uuid) IS NULL OR due.id > CAST(:after AS uuid)
            ORDER BY due.id LIMIT :limit"""
            .formatted(OWNED.formatted("w.owner_id", ConversationEntity.NOT_STAGED), UNREPORTED_TURN,
                    ConversationEntity.NOT_STAGED);

    static final String PROGRESS = """
            SELECT k.version AS reported, k.turn_id AS reported_turn, k.turn_step AS reported_step, k.failing_since,
                c.version, c.deleted_at IS NOT NULL AS deleted, c.updated_at,
                t.id AS turn, t.session_id, t.step, t.state, t.finished_at
            FROM webhook w
                LEFT JOIN webhook_cursor k ON k.webhook_id = w.id AND k.conversation_id = :conversation
                LEFT JOIN conversation c ON c.id = :conversation AND c.owner_id = w.owner_id AND %s
                LEFT JOIN turn t ON t.conversation_id = c.id
            WHERE w.id = :id ORDER BY t.state = 'queued', t.ordinal""".formatted(ConversationEntity.NOT_STAGED);

    private WebhookSql() {
    }
}
