package dev.confab.adapter.persistence.jpa.importjob;

import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.port.ImportJobStore.Claimed;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as a row of the table {@code import_job}, without its plan and claim. Times go through OffsetDateTime, which has no Julian
 * calendar.
 *
 * @param upload absent once the job has ended
 * @param parts how many parts its report has
 */
record ImportJobRow(ImportJob job, long fence, Optional<UUID> upload, int parts) {
    /** Of the table with the alias {@code j}. */
    static final String COLUMNS = """
            j.id, j.owner_id, j.fence, j.upload_id, j.file_name, j.format, j.zone, j.date_order, j.dry_run, j.size, j.digest,
            j.max_bytes, j.max_conversations, j.created_at, j.state, j.cancel_requested, j.finished_at, j.failure, j.progress, j.parts""";

    /** Refuses an owner who was erased after the token was taken. */
    static final String INSERT = """
            INSERT INTO import_job (id, owner_id, fence, upload_id, file_name, format, zone, date_order, dry_run, size, digest,
                max_bytes, max_conversations, created_at, state)
            VALUES (?, owner_unless_erased(?, ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    Claimed claimed() {
        return new Claimed(job, new FencingToken(job.owner(), fence));
    }

    static void bind(PreparedStatement statement, ImportJob job, FencingToken token, UUID upload) throws SQLException {
        ImportParameters parameters = job.parameters();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(job.id().value());
        values.add(job.owner().value());
        values.add(token.number());
        values.add(token.number());
        values.add(upload);
        values.add(parameters.fileName());
        values.add(parameters.format().orElse(null));
        values.add(parameters.zone().map(ZoneId::getId).orElse(null));
        values.add(parameters.dateOrder().map(ImportJobRow::code).orElse(null));
        values.add(parameters.dryRun());
        values.add(job.size());
        values.add(job.digest());
        values.add(job.quota().storedBytes().orElse(null));
        values.add(job.quota().conversations().orElse(null));
        values.add(utc(job.createdAt()));
        values.add(code(job.state()));
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static List<ImportJobRow> readAll(ResultSet rows) throws SQLException {
        var all = new ArrayList<ImportJobRow>();
        while (rows.next()) {
            all.add(read(rows));
        }
        return all;
    }

    /** Throws {@link StorageUnavailable} for a row that is no job, which only a change from outside can make. */
    static ImportJobRow read(ResultSet row) throws SQLException {
        var id = new ImportJobId(row.getObject("id", UUID.class));
        try {
            var parameters = new ImportParameters(row.getString("file_name"),
                    Optional.ofNullable(row.getString("format")),
                    Optional.ofNullable(row.getString("zone")).map(ZoneId::of),
                    Optional.ofNullable(row.getString("date_order")).map(order -> DateOrder.valueOf(upper(order))),
                    row.getBoolean("dry_run"));
            var job = new ImportJob(id, new OwnerId(row.getString("owner_id")), parameters, row.getLong("size"),
                    row.getString("digest"),
                    new ImportQuota(Optional.ofNullable(row.getObject("max_bytes", Long.class)),
                            Optional.ofNullable(row.getObject("max_conversations", Integer.class))),
                    time(row, "created_at").orElseThrow(),
                    ImportState.valueOf(upper(row.getString("state"))), row.getBoolean("cancel_requested"),
                    time(row, "finished_at"), Optional.ofNullable(row.getString("failure")),
                    row.getString("progress"));
            return new ImportJobRow(job, row.getLong("fence"),
                    Optional.ofNullable(row.getObject("upload_id", UUID.class)), row.getInt("parts"));
        } catch (InvalidValue | IllegalArgumentException | DateTimeException e) {
            throw new StorageUnavailable("the row of import " + id + " in the table import_job is damaged: "
                    + e.getMessage() + ". Correct or delete it", e);
        }
    }

    private static String upper(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
