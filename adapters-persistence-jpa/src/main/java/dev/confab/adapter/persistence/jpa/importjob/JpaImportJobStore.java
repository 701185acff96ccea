package dev.confab.adapter.persistence.jpa.importjob;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.OwnTransactions;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Import jobs in PostgreSQL.
 *
 * <p>Why it is right: a file is stored before its job, which one transaction inserts; so a job is there with its whole file or not at all.
 * That transaction takes a lock of the owner first, so it counts what creations before it have committed, and checks the owner's fence in
 * the statement that inserts. A claim locks the rows and decides over them. The holder's writes update the row only if it still names the
 * holder: so a claim waits for them, and none comes after it.
 */
public final class JpaImportJobStore implements ImportJobStore {
    /** Creations of one owner come one after another, in all instances; the first number only tells these locks from others. */
    private static final String LOCK_OWNER = "SELECT pg_advisory_xact_lock(716506586, hashtext(?))";
    private static final String RETURNING = " RETURNING " + ImportJobRow.COLUMNS;
    private static final String SELECT = "SELECT " + ImportJobRow.COLUMNS + " FROM import_job j ";
    private static final String UNFINISHED = SELECT + "WHERE owner_id = ? AND finished_at IS NULL";
    private static final String REMOVE_OLDEST = """
            DELETE FROM import_job WHERE id IN (SELECT id FROM import_job
                WHERE owner_id = ? AND finished_at IS NOT NULL ORDER BY created_at DESC, id OFFSET ?)""";
    /** Waits for writes of the present holder, which lock the row too, and then decides over the row that they left. */
    private static final String CLAIM = """
            WITH free AS MATERIALIZED (
                SELECT id AS free_id FROM import_job
                WHERE finished_at IS NULL AND (holder IS NULL OR (holder <> ? AND held_until <= ?))
                ORDER BY created_at, id LIMIT ? FOR UPDATE)
            UPDATE import_job j SET holder = ?, held_until = ?, state = 'running' FROM free WHERE j.id = free_id"""
            + RETURNING;
    private static final String RENEW = """
            UPDATE import_job j SET held_until = ? WHERE holder = ? AND finished_at IS NULL""" + RETURNING;
    private static final String RELEASE = """
            UPDATE import_job j SET holder = NULL, held_until = NULL WHERE holder = ? AND finished_at IS NULL"""
            + RETURNING;
    private static final String CANCEL = """
            UPDATE import_job j SET state = ?, cancel_requested = ?, finished_at = ?, upload_id = ? WHERE id = ?"""
            + RETURNING;
    private static final String RECORD = """
            UPDATE import_job j SET progress = ?, plan = ?, parts = parts + ?
            WHERE id = ? AND holder = ? AND finished_at IS NULL""" + RETURNING;
    private static final String HELD = SELECT + "WHERE id = ? AND holder = ? AND finished_at IS NULL FOR UPDATE";
    private static final String FINISH = """
            UPDATE import_job j SET progress = ?, plan = '', parts = parts + ?, state = ?, finished_at = ?, failure = ?,
                upload_id = NULL, holder = NULL, held_until = NULL
            WHERE id = ?""" + RETURNING;
    private static final String ADD_PART = "INSERT INTO import_report_part (job_id, number, text) VALUES (?, ?, ?)";
    private static final String PART = """
            SELECT p.text FROM import_report_part p JOIN import_job j ON j.id = p.job_id
            WHERE j.id = :id AND j.owner_id = :owner AND p.number = :part""";
    private static final String REMOVE_ALL = "DELETE FROM import_job j WHERE owner_id = ?" + RETURNING;
    private static final String REMOVE_ENDED = "DELETE FROM import_job j WHERE finished_at < ?" + RETURNING;

    private final OwnTransactions transactions;
    private final UploadRows uploads;
    private final JdbcClient reads;
    private final int limit;

    /**
     * @param threads which change the jobs
     * @param limit how many unfinished jobs an owner may have
     */
    public JpaImportJobStore(WriterThreads threads, DataSource reads, int limit) {
        this.transactions = new OwnTransactions(threads, "imports");
        this.uploads = new UploadRows(transactions, reads);
        this.reads = JdbcClient.create(reads);
        this.limit = limit;
    }

    @Override
    public ImportJob create(FencingToken token, String fileName, ByteSource content,
            Function<ChatFile, ImportJob> complete) {
        UUID upload = uploads.begin();
        boolean isUsed = false;
        try {
            long size = uploads.write(upload, content);
            ImportJob made = complete.apply(uploads.file(upload, fileName, size));
            Created created = transactions.run(connection -> insert(connection, token, made, upload));
            isUsed = created.isNew();
            return created.job();
        } catch (CommitOutcomeUnknown mayBeThere) {
            // If there is no job, the file is removed after an hour.
            isUsed = true;
            throw mayBeThere;
        } finally {
            if (!isUsed) {
                uploads.delete(upload);
            }
        }
    }

    private record Created(ImportJob job, boolean isNew) {
    }

    private Created insert(Connection connection, FencingToken token, ImportJob made, UUID upload)
            throws SQLException {
        query(connection, LOCK_OWNER, made.owner().value());
        Optional<ImportJobRow> present = jobs(connection, SELECT + "WHERE id = ?", made.id().value()).stream()
                .findFirst();
        if (present.isPresent()) {
            return new Created(present.map(ImportJobRow::job).filter(each -> each.isSameRequest(made))
                    .orElseThrow(() -> new ImportJobIdReused(made.id())), false);
        }
        if (jobs(connection, UNFINISHED, made.owner().value()).size() >= limit) {
            throw new TooManyImportJobs(limit);
        }
        query(connection, REMOVE_OLDEST, made.owner().value(), MAX_KEPT - 1);
        try (PreparedStatement statement = connection.prepareStatement(ImportJobRow.INSERT)) {
            ImportJobRow.bind(statement, made, token, upload);
            statement.executeUpdate();
        } catch (SQLException e) {
            if (SqlFailures.OWNER_ERASED.equals(e.getSQLState())) {
                throw new OwnerErased(token.owner());
            }
            // Another owner may create a job with the same id at the same time.
            if (SqlFailures.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new ImportJobIdReused(made.id());
            }
            throw e;
        }
        return new Created(made, true);
    }

    @Override
    public Optional<ImportJob> find(OwnerId owner, ImportJobId id) {
        return read(() -> reads.sql(SELECT + "WHERE id = :id AND owner_id = :owner").param("id", id.value())
                .param("owner", owner.value()).query((row, _) -> ImportJobRow.read(row).job()).list()).stream()
                .findFirst();
    }

    @Override
    public List<ImportJob> list(OwnerId owner) {
        return read(() -> reads.sql(SELECT + "WHERE owner_id = :owner ORDER BY created_at DESC, id")
                .param("owner", owner.value()).query((row, _) -> ImportJobRow.read(row).job()).list());
    }

    @Override
    public Optional<String> report(OwnerId owner, ImportJobId id, int part) {
        return read(() -> reads.sql(PART).param("id", id.value()).param("owner", owner.value()).param("part", part)
                .query(String.class).list()).stream().findFirst();
    }

    @Override
    public ChatFile file(ImportJob job) {
        return uploads.file(job.id(), job.parameters().fileName(), job.size());
    }

    @Override
    public String plan(ImportJobId id) {
        return read(() -> reads.sql("SELECT plan FROM import_job WHERE id = :id").param("id", id.value())
                .query(String.class).list()).stream().findFirst().orElse("");
    }

    private static <T> List<T> read(Supplier<List<T>> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the imports cannot be read now: " + SqlFailures.message(e), e);
        }
    }

    @Override
    public Optional<ImportJob> cancel(OwnerId owner, ImportJobId id, Instant now) {
        Optional<Ended> ended = transactions.run(connection -> {
            Optional<ImportJobRow> row = jobs(connection, SELECT + "WHERE id = ? AND owner_id = ? FOR UPDATE",
                    id.value(), owner.value()).stream().findFirst();
            if (row.isEmpty() || row.get().job().isFinished()) {
                return row.map(same -> new Ended(same.job(), Optional.empty()));
            }
            ImportJob cancelled = row.get().job().cancel(now);
            jobs(connection, CANCEL, ImportJobRow.code(cancelled.state()), cancelled.cancelRequested(),
                    cancelled.finishedAt().map(ImportJobRow::utc).orElse(null),
                    cancelled.isFinished() ? null : row.get().upload().orElse(null), id.value());
            return Optional.of(new Ended(cancelled, row.get().upload().filter(_ -> cancelled.isFinished())));
        });
        ended.flatMap(Ended::upload).ifPresent(uploads::delete);
        return ended.map(Ended::job);
    }

    /** A job that has ended, and the file that it no longer needs. */
    private record Ended(ImportJob job, Optional<UUID> upload) {
    }

    @Override
    public List<Claimed> claim(UUID holder, Instant now, Instant until, int limit) {
        return claimed(CLAIM, holder, ImportJobRow.utc(now), limit, holder, ImportJobRow.utc(until));
    }

    @Override
    public List<Claimed> renew(UUID holder, Instant until) {
        return claimed(RENEW, ImportJobRow.utc(until), holder);
    }

    @Override
    public void release(UUID holder) {
        var _ = claimed(RELEASE, holder);
    }

    private List<Claimed> claimed(String sql, Object... parameters) {
        return transactions.run(connection -> jobs(connection, sql, parameters).stream().map(ImportJobRow::claimed)
                .toList());
    }

    @Override
    public Optional<ImportJob> record(UUID holder, ImportJobId id, String progress, String part, String plan) {
        return transactions.run(connection -> {
            Optional<ImportJobRow> row = jobs(connection, RECORD, progress, plan, part.isEmpty() ? 0 : 1, id.value(),
                    holder).stream().findFirst();
            if (row.isPresent()) {
                add(connection, row.get(), part);
            }
            return row.map(ImportJobRow::job);
        });
    }

    private static void add(Connection connection, ImportJobRow row, String part) throws SQLException {
        if (!part.isEmpty()) {
            query(connection, ADD_PART, row.job().id().value(), row.parts() - 1, part);
        }
    }

    @Override
    public boolean finish(UUID holder, ImportJob ended, String part) {
        Optional<ImportJobRow> before = transactions.run(connection -> {
            Optional<ImportJobRow> held = jobs(connection, HELD, ended.id().value(), holder).stream().findFirst();
            if (held.isPresent()) {
                add(connection, jobs(connection, FINISH, ended.progress(), part.isEmpty() ? 0 : 1,
                        ImportJobRow.code(ended.state()), ended.finishedAt().map(ImportJobRow::utc).orElseThrow(),
                        ended.failure().orElse(null), ended.id().value()).getFirst(), part);
            }
            return held;
        });
        before.flatMap(ImportJobRow::upload).ifPresent(uploads::delete);
        return before.isPresent();
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return remove(REMOVE_ALL, owner.value());
    }

    @Override
    public int removeEndedBefore(Instant time) {
        int removed = remove(REMOVE_ENDED, ImportJobRow.utc(time));
        uploads.deleteAbandoned();
        return removed;
    }

    private int remove(String sql, Object parameter) {
        List<ImportJobRow> removed = transactions.run(connection -> jobs(connection, sql, parameter));
        removed.stream().flatMap(row -> row.upload().stream()).forEach(uploads::delete);
        return removed.size();
    }

    private static List<ImportJobRow> jobs(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return ImportJobRow.readAll(rows);
        }
    }

    private static void query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
