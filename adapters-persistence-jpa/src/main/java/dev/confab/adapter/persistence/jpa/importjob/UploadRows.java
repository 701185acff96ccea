package dev.confab.adapter.persistence.jpa.importjob;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.OwnTransactions;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.PiecedFile;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploaded files, as pieces that are each written and deleted in a transaction of their own: none takes long, whatever the file's size. */
record UploadRows(OwnTransactions transactions, JdbcClient reads) {
    private static final Logger LOG = LoggerFactory.getLogger(UploadRows.class);
    private static final String BEGIN = "INSERT INTO import_upload DEFAULT VALUES RETURNING id";
    private static final String ADD = """
            WITH upload AS (UPDATE import_upload SET touched_at = clock_timestamp() WHERE id = ?)
            INSERT INTO import_piece (upload_id, number, bytes) VALUES (?, ?, ?)""";
    private static final String PIECE = "SELECT bytes FROM import_piece WHERE upload_id = :upload AND number = :number";
    private static final String PIECE_OF_JOB = """
            SELECT p.bytes FROM import_piece p JOIN import_job j ON j.upload_id = p.upload_id
            WHERE j.id = :job AND p.number = :number""";
    private static final String DELETE_PIECES = """
            DELETE FROM import_piece WHERE upload_id = ? AND number IN
                (SELECT number FROM import_piece WHERE upload_id = ? LIMIT 64)""";
    private static final String DELETE = "DELETE FROM import_upload WHERE id = ?";
    private static final String ABANDONED = """
            SELECT id FROM import_upload u WHERE touched_at < clock_timestamp() - interval '1 hour'
                AND NOT EXISTS (SELECT FROM import_job j WHERE j.upload_id = u.id) LIMIT 100""";

    UploadRows(OwnTransactions transactions, DataSource reads) {
        this(transactions, JdbcClient.create(reads));
    }

    /** A file without content. */
    UUID begin() {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BEGIN);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        });
    }

    /** Writes all of it, and returns its length. Exceptions of the source are passed on. */
    long write(UUID upload, ByteSource content) {
        byte[] buffer = new byte[PiecedFile.PIECE];
        long size = 0;
        int filled;
        for (int number = 0; (filled = fill(buffer, content)) > 0; number++) {
            byte[] piece = filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
            var _ = update(ADD, upload, upload, number, piece);
            size += filled;
            if (filled < buffer.length) {
                break;
            }
        }
        return size;
    }

    private static int fill(byte[] buffer, ByteSource content) {
        int filled = 0;
        for (int read; filled < buffer.length
                && (read = content.read(buffer, filled, buffer.length - filled)) > 0;) {
            filled += read;
        }
        return filled;
    }

    ChatFile file(UUID upload, String name, long size) {
        return new PiecedFile(name, size, number -> piece(reads.sql(PIECE).param("upload", upload), number));
    }

    ChatFile file(ImportJobId job, String name, long size) {
        return new PiecedFile(name, size, number -> piece(reads.sql(PIECE_OF_JOB).param("job", job.value()), number));
    }

    private static byte[] piece(JdbcClient.StatementSpec query, int number) {
        try {
            return query.param("number", number).query((row, _) -> row.getBytes(1)).list().stream().findFirst()
                    .orElseThrow(() -> new StorageUnavailable("the file of an import is gone"));
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the file of an import cannot be read now: " + SqlFailures.message(e), e);
        }
    }

    /** Deletes a file that no job has. What is left when that fails is removed later. */
    void delete(UUID upload) {
        try {
            while (update(DELETE_PIECES, upload, upload) > 0) {
                // The next ones.
            }
            var _ = update(DELETE, upload);
        } catch (StorageException e) {
            LOG.warn("PostgreSQL store: the file of an import could not be deleted; trying again in an hour: {}",
                    e.getMessage());
        }
    }

    /** Deletes what crashed instances have left. */
    void deleteAbandoned() {
        try {
            List<UUID> abandoned = reads.sql(ABANDONED).query((row, _) -> row.getObject(1, UUID.class)).list();
            abandoned.forEach(this::delete);
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the imports cannot be read now: " + SqlFailures.message(e), e);
        }
    }

    private int update(String sql, Object... parameters) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
