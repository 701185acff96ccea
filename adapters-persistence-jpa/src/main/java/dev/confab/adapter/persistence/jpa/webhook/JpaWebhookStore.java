package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Cursor.TurnMark;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookIdReused;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Webhooks in PostgreSQL.
 *
 * <p>Why it is right: a creation first takes a lock of its owner, so it sees what creations before it have committed; its cursors are one
 * statement, which sees one moment. A change and a claim lock the webhook's row and decide over it. The holder's writes lock that row
 * too, and only if it still names the holder: so a claim waits for them, and none comes after it.
 */
public final class JpaWebhookStore implements WebhookStore {
    private final WebhookTransactions transactions;
    private final JdbcClient reads;
    private final int limit;

    /**
     * @param threads which change the webhooks
     * @param limit how many webhooks an owner may have
     */
    public JpaWebhookStore(WriterThreads threads, DataSource reads, int limit) {
        this.transactions = new WebhookTransactions(threads);
        this.reads = JdbcClient.create(reads);
        this.limit = limit;
    }

    @Override
    public Webhook create(Webhook webhook) {
        return transactions.run(sql -> {
            sql.query(WebhookSql.LOCK_OWNER, webhook.owner().value());
            Optional<Webhook> present = sql.webhooks(WebhookSql.SELECT + "WHERE id = ?", webhook.id().value()).stream()
                    .findFirst();
            if (present.isPresent()) {
                return present.filter(each -> each.isSameRequest(webhook))
                        .orElseThrow(() -> new WebhookIdReused(webhook.id()));
            }
            if (sql.count(WebhookSql.COUNT, webhook.owner().value()) >= limit) {
                throw new TooManyWebhooks(limit);
            }
            insert(sql, webhook);
            sql.update(WebhookSql.BEGIN_CURSORS, webhook.id().value(), webhook.owner().value(),
                    webhook.owner().value());
            return webhook;
        });
    }

    /** Another owner may create a webhook with the same id at the same time. */
    private static void insert(Statements sql, Webhook webhook) throws SQLException {
        try {
            sql.write(WebhookSql.INSERT, webhook);
        } catch (SQLException e) {
            if (SqlFailures.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new WebhookIdReused(webhook.id());
            }
            throw e;
        }
    }

    @Override
    public Optional<Webhook> find(WebhookId id) {
        return read(WebhookSql.SELECT + "WHERE id = :id",
                query -> query.param("id", id.value()).query((row, _) -> WebhookRow.read(row)).list()).stream()
                .findFirst();
    }

    @Override
    public List<Webhook> list(OwnerId owner) {
        return read(WebhookSql.SELECT + "WHERE owner_id = :owner ORDER BY id",
                query -> query.param("owner", owner.value()).query((row, _) -> WebhookRow.read(row)).list());
    }

    @Override
    public Optional<Webhook> change(OwnerId owner, WebhookId id, UnaryOperator<Webhook> change) {
        return transactions.run(sql -> {
            Optional<Webhook> changed = sql
                    .webhooks(WebhookSql.SELECT + "WHERE id = ? AND owner_id = ? FOR UPDATE", id.value(), owner.value())
                    .stream().findFirst().map(change);
            if (changed.isPresent()) {
                sql.write(WebhookSql.UPDATE, changed.get(), id.value());
            }
            return changed;
        });
    }

    @Override
    public boolean remove(OwnerId owner, WebhookId id) {
        return transactions.run(sql -> sql.update(WebhookSql.REMOVE, owner.value(), id.value())) > 0;
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return transactions.run(sql -> sql.update(WebhookSql.REMOVE_ALL, owner.value()));
    }

    @Override
    public List<Webhook> claim(UUID holder, Instant now, Instant until, int limit) {
        return transactions.run(sql -> sql.webhooks(WebhookSql.CLAIM, holder, WebhookRow.utc(now), limit, holder,
                WebhookRow.utc(until)));
    }

    @Override
    public List<Webhook> renew(UUID holder, Instant until) {
        return transactions.run(sql -> sql.webhooks(WebhookSql.RENEW, WebhookRow.utc(until), holder));
    }

    @Override
    public void release(UUID holder) {
        var _ = transactions.run(sql -> sql.update(WebhookSql.RELEASE, holder));
    }

    @Override
    public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
        return read(WebhookSql.DUE, query -> query.param("id", id.value())
                .param("after", after.map(ConversationId::value).orElse(null)).param("limit", limit)
                .query((row, _) -> new ConversationId(row.getObject(1, UUID.class))).list());
    }

    @Override
    public Optional<Progress> progress(WebhookId id, ConversationId conversation) {
        List<ProgressRows> rows = read(WebhookSql.PROGRESS, query -> query.param("id", id.value())
                .param("conversation", conversation.value()).query(ProgressRows::read).list());
        return ProgressRows.progress(conversation, rows);
    }

    private <T> List<T> read(String sql, Function<StatementSpec, List<T>> query) {
        try {
            return query.apply(reads.sql(sql));
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the webhooks cannot be read now: " + SqlFailures.message(e), e);
        }
    }

    @Override
    public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
        return transactions.run(sql -> sql.query(WebhookSql.ADVANCE, id.value(), holder, conversation.value(),
                cursor.version(), cursor.turn().map(mark -> mark.id().value()).orElse(null),
                cursor.turn().map(TurnMark::step).orElse(null),
                cursor.failingSince().map(WebhookRow::utc).orElse(null)));
    }

    @Override
    public boolean forget(UUID holder, WebhookId id, ConversationId conversation) {
        return transactions.run(sql -> sql.query(WebhookSql.FORGET, id.value(), holder, conversation.value()));
    }

    @Override
    public boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure) {
        return transactions.run(sql -> sql.query(WebhookSql.FAILED, WebhookRow.utc(failure.at()), failure.eventId(),
                failure.reason(), id.value(), holder));
    }
}
