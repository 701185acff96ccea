package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a layer of changes to the database, if the row still is as known: one statement, which is its own transaction; two in
 * one transaction where messages are appended over deleted ones, or a conversation begins where one is purged.
 */
final class RowCommit {
    private final Connection connection;
    private final ConversationId id;
    private final Known base;
    private final Layer layer;
    private boolean sent;

    RowCommit(Connection connection, ConversationId id, Known base, Layer layer) {
        this.connection = connection;
        this.id = id;
        this.base = base;
        this.layer = layer;
    }

    /**
     * Commits. On a connection with autocommit off, ends the transaction that is open there.
     *
     * @return the row as it is now; empty when it was not as known any more, and nothing is written
     */
    Optional<Known> run() throws SQLException {
        boolean locked = !connection.getAutoCommit();
        boolean twoSteps = isAnotherLife() || appendsAfterRewrite();
        if (!locked && !twoSteps) {
            sent = true;
            return after(write());
        }
        connection.setAutoCommit(false);
        try {
            return inTransaction();
        } finally {
            // A connection that broke stays as it is; the pool drops it.
            if (!connection.isClosed() && !sent) {
                connection.rollback();
            }
        }
    }

    private Optional<Known> inTransaction() throws SQLException {
        OptionalLong life = write();
        if (life.isEmpty()) {
            return Optional.empty();
        }
        if (appendsAfterRewrite()) {
            appendAfterRewrite();
        }
        sent = true;
        connection.commit();
        return after(life);
    }

    /** Whether the statement that commits was sent: from then on a failure may leave the outcome unknown. */
    boolean isSent() {
        return sent;
    }

    /** Whether one conversation is purged and another begins in its place. */
    private boolean isAnotherLife() {
        return base.head().isPresent() && layer.head().isPresent() && layer.isPurged();
    }

    private boolean appendsAfterRewrite() {
        return isRewrite() && !layer.appended().isEmpty();
    }

    private boolean isRewrite() {
        return base.head().isPresent() && layer.head().isPresent() && !layer.isPurged()
                && (layer.kept() < base.messageCount() || !layer.edited().isEmpty());
    }

    private Optional<Known> after(OptionalLong life) {
        if (life.isEmpty()) {
            return Optional.empty();
        }
        if (!layer.isChanged()) {
            return Optional.of(base);
        }
        return Optional.of(layer.head().map(head -> new Known(layer.head(), life.getAsLong(), base.revision() + 1))
                .orElse(Known.ABSENT));
    }

    /** @return the row's life; empty when the row was not as known */
    private OptionalLong write() throws SQLException {
        if (!layer.isChanged()) {
            return confirm();
        }
        Optional<Conversation> after = layer.head();
        if (base.head().isEmpty()) {
            return after.isEmpty() ? confirm() : begin(after.get());
        }
        if (after.isEmpty()) {
            return purge();
        }
        if (isAnotherLife()) {
            return purge().isPresent() ? begin(after.get()) : OptionalLong.empty();
        }
        return change(base.head().get(), after.get());
    }

    private OptionalLong confirm() throws SQLException {
        OptionalLong found = base.head().isPresent()
                ? query(Sql.CONFIRM, this::bindKnown)
                : query(Sql.CONFIRM_ABSENT, parameters -> parameters.add(id.value()));
        return found.isPresent() ? OptionalLong.of(base.life()) : found;
    }

    private OptionalLong purge() throws SQLException {
        return query(Sql.PURGE, this::bindKnown);
    }

    private OptionalLong begin(Conversation head) throws SQLException {
        return query(Sql.BEGIN, parameters -> {
            bindCounters(parameters, head);
            bindHead(parameters, head);
            parameters.add(id.value()).add(head.owner().value()).add(head.createdAt())
                    .add(head.origin().map(Origin::conversationId).map(ConversationId::value).orElse(null))
                    .add(head.origin().map(origin -> origin.messageId().value()).orElse(null))
                    .add(HexFormat.of().parseHex(head.digest().hex()));
            bindMessages(parameters, layer.appended(), head.owner());
        });
    }

    private OptionalLong change(Conversation before, Conversation after) throws SQLException {
        boolean countersOnly = after.title().equals(before.title()) && after.metadata().equals(before.metadata())
                && after.deletedAt().equals(before.deletedAt());
        boolean rewrite = isRewrite();
        boolean append = !rewrite && !layer.appended().isEmpty();
        String sql = rewrite
                ? Sql.REWRITE
                : append ? countersOnly ? Sql.APPEND : Sql.CHANGE_HEAD_AND_APPEND : Sql.CHANGE_HEAD;
        return query(sql, parameters -> {
            bindCounters(parameters, after);
            if (!sql.equals(Sql.APPEND)) {
                bindHead(parameters, after);
            }
            bindKnown(parameters);
            if (rewrite) {
                parameters.add(layer.kept());
                bindMessages(parameters, layer.edited(), after.owner());
            } else if (append) {
                bindMessages(parameters, layer.appended(), after.owner());
            }
        });
    }

    private void appendAfterRewrite() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.THEN_APPEND)) {
            var parameters = new Parameters(statement);
            parameters.add(id.value());
            bindMessages(parameters, layer.appended(), layer.head().orElseThrow().owner());
            statement.executeUpdate();
        }
    }

    private void bindCounters(Parameters parameters, Conversation head) throws SQLException {
        parameters.add(base.revision() + 1).add(head.version().value()).add(head.messageCount()).add(head.updatedAt());
    }

    private static void bindHead(Parameters parameters, Conversation head) throws SQLException {
        parameters.add(head.title().map(Title::value).orElse(null)).add(Json.write(head.metadata()))
                .add(head.deletedAt().orElse(null))
                .add("text", TermsColumn.of(head.owner(), head.title().map(Title::value).orElse("")));
    }

    private void bindKnown(Parameters parameters) throws SQLException {
        parameters.add(id.value()).add(base.life()).add(base.revision());
    }

    private static void bindMessages(Parameters parameters, Collection<Message> messages, OwnerId owner)
            throws SQLException {
        List<Message> rows = List.copyOf(messages);
        parameters.add("int4", column(rows, Integer.class, Message::position))
                .add("uuid", column(rows, Object.class, message -> message.id().value()))
                .add("text", column(rows, String.class, message -> message.role().name()))
                .add("text", column(rows, String.class, Message::text))
                .add("text", column(rows, String.class, message -> message.data().orElse(null)))
                .add("text", column(rows, String.class, message -> Json.write(message.metadata())))
                .add("text", column(rows, String.class, message -> message.createdAt().toString()))
                .add("text",
                        column(rows, String.class, message -> message.editedAt().map(Instant::toString).orElse(null)))
                .add("int8", column(rows, Long.class, message -> message.version().value()))
                .add("bytea", column(rows, byte[].class, message -> HexFormat.of().parseHex(message.digest().hex())))
                .add("int4", column(rows, Integer.class, Message::weight))
                .add("text", column(rows, String.class, message -> TermsColumn.literal(owner, message.text())));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T[] column(List<Message> rows, Class<T> type,
            Function<Message, @Nullable T> value) {
        var column = (@Nullable T[]) Array.newInstance(type, rows.size());
        for (int row = 0; row < column.length; row++) {
            column[row] = value.apply(rows.get(row));
        }
        return column;
    }

    /** @return the first column of the one row; empty when there is none */
    private OptionalLong query(String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new Parameters(statement));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    @FunctionalInterface
    private interface Binder {
        void bind(Parameters parameters) throws SQLException;
    }

    /** A statement's parameters, one after another. */
    private static final class Parameters {
        private final PreparedStatement statement;
        private int index;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        Parameters add(@Nullable Object value) throws SQLException {
            Object bound = value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
            statement.setObject(++index, bound);
            return this;
        }

        Parameters add(String type, @Nullable Object[] array) throws SQLException {
            statement.setArray(++index, statement.getConnection().createArrayOf(type, array));
            return this;
        }
    }
}
