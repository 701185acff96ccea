package dev.confab.adapter.persistence.jpa.commit;

import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.BYTEA;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.INT4;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.INT8;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.TEXT;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.TIMESTAMPTZ;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.UUID;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.row.MetadataJson;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.OwnerErased;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Writes a pending change to the database if the row still has the known revision, by one statement that is a
 * transaction of its own. Two cases need a second statement in the same transaction: messages appended after a
 * truncation or edits, and a conversation that starts where another one with the same id is purged.
 */
public final class RowCommit {
    private final Connection connection;
    private final ConversationId id;
    private final KnownRow base;
    private final PendingChange pending;
    private boolean sent;

    public RowCommit(Connection connection, ConversationId id, KnownRow base, PendingChange pending) {
        this.connection = connection;
        this.id = id;
        this.base = base;
        this.pending = pending;
    }

    /**
     * Returns the row after the commit; empty when the row was no longer as known and nothing is written. On a
     * connection with autocommit off, this ends the transaction that is open there.
     */
    public Optional<KnownRow> run() throws SQLException {
        if (connection.getAutoCommit() && !isAnotherLife() && !appendsAfterRewrite()) {
            sent = true;
            return write().map(this::after);
        }
        connection.setAutoCommit(false);
        try {
            return inTransaction();
        } finally {
            // A broken connection cannot roll back; the pool drops it, and the server rolls back.
            if (!connection.isClosed() && !sent) {
                connection.rollback();
            }
        }
    }

    private Optional<KnownRow> inTransaction() throws SQLException {
        Optional<Long> life = write();
        if (life.isPresent()) {
            if (appendsAfterRewrite()) {
                appendAfterRewrite();
            }
            sent = true;
            connection.commit();
        }
        return life.map(this::after);
    }

    /** Whether the statement that commits was sent: from then on a failure may leave the outcome unknown. */
    public boolean isSent() {
        return sent;
    }

    /** Whether it is unknown, after this error of {@link #run}, whether the change is recorded. */
    public boolean isUnknownAfter(SQLException e) {
        return sent && SqlFailures.isUnknown(e, connection);
    }

    /** The error for the caller if an erasure has refused the change with this error of {@link #run}. */
    public Optional<OwnerErased> refusal(SQLException e) {
        return pending.token().filter(_ -> SqlFailures.OWNER_ERASED.equals(e.getSQLState()))
                .map(token -> new OwnerErased(token.owner()));
    }

    /** Whether the conversation is purged and another one starts with the same id. */
    private boolean isAnotherLife() {
        return base.head().isPresent() && pending.head().isPresent() && pending.isPurged();
    }

    private boolean appendsAfterRewrite() {
        return isRewrite() && !pending.messages().appended().isEmpty();
    }

    private boolean isRewrite() {
        return base.head().isPresent() && pending.head().isPresent() && !pending.isPurged()
                && (pending.messages().keptCount() < base.messageCount() || !pending.messages().edited().isEmpty());
    }

    private KnownRow after(long life) {
        return pending.isChanged()
                ? pending.head().map(head -> new KnownRow(Optional.of(head), life, base.revision() + 1))
                        .orElse(KnownRow.ABSENT)
                : base;
    }

    /** @return the row's life; empty when the row was not as known */
    private Optional<Long> write() throws SQLException {
        Optional<Conversation> before = base.head();
        Optional<Conversation> after = pending.head();
        if (!pending.isChanged() || before.isEmpty() && after.isEmpty()) {
            return confirm();
        }
        if (before.isEmpty()) {
            return begin(after.get());
        }
        if (isAnotherLife()) {
            return purge().isPresent() ? begin(after.get()) : Optional.empty();
        }
        return after.isEmpty() ? purge() : change(before.get(), after.get());
    }

    private Optional<Long> confirm() throws SQLException {
        return (base.head().isPresent()
                ? query(Sql.CONFIRM, this::bindKnown)
                : query(Sql.CONFIRM_ABSENT, parameters -> parameters.add(id.value()))).map(_ -> base.life());
    }

    private Optional<Long> purge() throws SQLException {
        return query(Sql.PURGE, this::bindKnown);
    }

    private Optional<Long> begin(Conversation head) throws SQLException {
        String begin = pending.token().isPresent() ? Sql.BEGIN_UNLESS_ERASED : Sql.BEGIN;
        return query(Sql.ended(begin, pending.activity()), parameters -> {
            bindCounters(parameters, head);
            bindHead(parameters, head);
            parameters.add(id.value()).add(head.owner().value());
            if (pending.token().isPresent()) {
                parameters.add(pending.token().get().number());
            }
            parameters
                    .add(head.origin().map(Origin::conversationId).map(ConversationId::value).orElse(null))
                    .add(head.origin().map(origin -> origin.messageId().value()).orElse(null));
            bindMessages(parameters, pending.messages().appended(), head.owner());
            bindActivity(parameters);
        });
    }

    private Optional<Long> change(Conversation before, Conversation after) throws SQLException {
        boolean countersOnly = after.title().equals(before.title()) && after.metadata().equals(before.metadata())
                && after.filing().equals(before.filing()) && after.createdAt().equals(before.createdAt())
                && after.deletedAt().equals(before.deletedAt()) && after.expiresAt().equals(before.expiresAt());
        boolean rewrite = isRewrite();
        boolean append = !rewrite && !pending.messages().appended().isEmpty();
        String sql = statement(rewrite, append, countersOnly);
        return query(Sql.ended(sql, pending.activity()), parameters -> {
            bindCounters(parameters, after);
            if (rewrite) {
                parameters.add(pending.messages().keptCount()).add(INT4,
                        pending.messages().edited().keySet().toArray(Integer[]::new));
            }
            if (rewrite || !countersOnly) {
                bindHead(parameters, after);
            }
            bindKnown(parameters);
            if (rewrite) {
                parameters.add(pending.messages().keptCount());
                bindMessages(parameters, pending.messages().edited().values(), after.owner());
            } else if (append) {
                bindMessages(parameters, pending.messages().appended(), after.owner());
            }
            bindActivity(parameters);
        });
    }

    private static String statement(boolean rewrite, boolean append, boolean countersOnly) {
        if (rewrite) {
            return Sql.REWRITE;
        }
        if (append) {
            return countersOnly ? Sql.APPEND : Sql.CHANGE_HEAD_AND_APPEND;
        }
        return countersOnly ? Sql.TOUCH : Sql.CHANGE_HEAD;
    }

    private void appendAfterRewrite() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.THEN_APPEND)) {
            var parameters = new SqlParameters(statement);
            parameters.add(id.value());
            bindMessages(parameters, pending.messages().appended(), pending.head().orElseThrow().owner());
            statement.executeUpdate();
        }
    }

    private void bindCounters(SqlParameters parameters, Conversation head) throws SQLException {
        parameters.add(base.revision() + 1).add(head.version().value()).add(head.messageCount()).add(head.updatedAt())
                .add(weight(pending.messages().edited().values()) + weight(pending.messages().appended()));
    }

    private static long weight(Collection<Message> messages) {
        return messages.stream().mapToLong(Message::weight).sum();
    }

    private static void bindHead(SqlParameters parameters, Conversation head) throws SQLException {
        parameters.add(head.title().map(Title::value).orElse(null)).add(MetadataJson.write(head.metadata()))
                .add(head.filing().pinned()).add(head.filing().archived())
                .add(TEXT, head.filing().labels().toArray(String[]::new)).add(head.createdAt())
                .add(head.deletedAt().orElse(null)).add(head.expiresAt().orElse(null))
                .add(TEXT, TermsColumn.of(head.owner(), head.title().map(Title::value).orElse("")))
                .add(head.digest().bytes());
    }

    private void bindKnown(SqlParameters parameters) throws SQLException {
        parameters.add(id.value()).add(base.life()).add(base.revision());
    }

    private void bindActivity(SqlParameters parameters) throws SQLException {
        if (pending.activity().isPresent()) {
            new ActivityParameters(parameters, base.revision() + 1).bind(pending.activity().get());
        }
    }

    private static void bindMessages(SqlParameters parameters, Collection<Message> messages, OwnerId owner)
            throws SQLException {
        parameters.columns(List.copyOf(messages))
                .add(INT4, Message::position)
                .add(UUID, message -> message.id().value())
                .add(TEXT, message -> message.role().name())
                .add(TEXT, message -> message.author().map(Author::name).orElse(null))
                .add(TEXT, Message::text)
                .add(TEXT, message -> message.data().orElse(null))
                .add(TEXT, message -> MetadataJson.write(message.metadata()))
                .add(TIMESTAMPTZ, Message::createdAt)
                .add(TIMESTAMPTZ, message -> message.editedAt().orElse(null))
                .add(TIMESTAMPTZ, message -> message.removedAt().orElse(null))
                .add(INT8, message -> message.version().value())
                .add(BYTEA, message -> message.digest().bytes())
                .add(TEXT, message -> message.incomplete().map(IncompleteReason::code).orElse(null))
                .add(INT4, Message::weight)
                .add(TEXT, message -> TermsColumn.literal(owner, message.text()));
    }

    /** @return the first column of the one row; empty when there is none */
    private Optional<Long> query(String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new SqlParameters(statement));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    @FunctionalInterface
    private interface Binder {
        void bind(SqlParameters parameters) throws SQLException;
    }
}
