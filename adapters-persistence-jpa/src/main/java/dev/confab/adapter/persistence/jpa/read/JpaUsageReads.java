package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.query.Usage;
import dev.confab.domain.work.UnitOfWork;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds up the usages of an owner's conversations. */
public final class JpaUsageReads implements UsageReader {
    /** Two parts, because each has an index by owner; the two indexes together have all conversations. */
    private static final String USAGE = """
            SELECT count(*) AS conversations, coalesce(sum(message_count), 0) AS messages, coalesce(sum(weight), 0) AS bytes
            FROM (SELECT message_count, weight FROM conversation WHERE owner_id = :owner AND deleted_at IS NULL
                  UNION ALL
                  SELECT message_count, weight FROM conversation WHERE owner_id = :owner AND deleted_at IS NOT NULL) AS own""";
    private final JdbcClient reads;

    public JpaUsageReads(DataSource reads) {
        this.reads = JdbcClient.create(reads);
    }

    @Override
    public Usage usage(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        try {
            return reads.sql(USAGE).param("owner", owner.value()).query((row, _) -> new Usage(
                    row.getLong("conversations"), row.getLong("messages"), row.getLong("bytes"))).single();
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the database cannot be read now: " + SqlFailures.message(e), e);
        }
    }
}
