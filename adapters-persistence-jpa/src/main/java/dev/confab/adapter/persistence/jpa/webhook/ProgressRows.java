package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Cursor.TurnMark;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.Progress.Head;
import dev.confab.domain.webhook.TurnProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A row of {@link WebhookSql#PROGRESS}: the cursor and the head, the same in every row, and one turn. */
record ProgressRows(Cursor cursor, Optional<Head> head, Optional<TurnProgress> turn) {

    static ProgressRows read(ResultSet row, int number) throws SQLException {
        return new ProgressRows(cursor(row), head(row), turn(row));
    }

    static Optional<Progress> progress(ConversationId conversation, List<ProgressRows> rows) {
        return rows.stream().findFirst().map(first -> new Progress(conversation, first.cursor(), first.head(),
                rows.stream().flatMap(row -> row.turn().stream()).toList()));
    }

    private static Cursor cursor(ResultSet row) throws SQLException {
        long version = row.getLong("reported");
        UUID turn = row.getObject("reported_turn", UUID.class);
        return new Cursor(version,
                turn == null
                        ? Optional.empty()
                        : Optional.of(new TurnMark(new TurnId(turn), row.getInt("reported_step"))),
                WebhookRow.time(row, "failing_since"));
    }

    private static Optional<Head> head(ResultSet row) throws SQLException {
        long version = row.getLong("version");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Head(version, row.getBoolean("deleted"),
                        WebhookRow.time(row, "updated_at").orElseThrow()));
    }

    private static Optional<TurnProgress> turn(ResultSet row) throws SQLException {
        UUID id = row.getObject("turn", UUID.class);
        return id == null
                ? Optional.empty()
                : Optional.of(new TurnProgress(new TurnId(id), new SessionId(row.getObject("session_id", UUID.class)),
                        row.getInt("step"), row.getString("state"), WebhookRow.time(row, "finished_at")));
    }
}
