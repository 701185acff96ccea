package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.domain.webhook.Webhook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one transaction. */
record Statements(Connection connection) {

    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, 0, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Whether the statement returns a row. */
    boolean query(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, 0, parameters); ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    long count(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, 0, parameters); ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    List<Webhook> webhooks(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, 0, parameters); ResultSet rows = statement.executeQuery()) {
            List<Webhook> found = new ArrayList<>();
            while (rows.next()) {
                found.add(WebhookRow.read(rows));
            }
            return found;
        }
    }

    /** Runs a statement whose first parameters are the columns of the webhook. */
    void write(String sql, Webhook webhook, Object... more) throws SQLException {
        try (PreparedStatement statement = prepare(sql, WebhookRow.COUNT, more)) {
            WebhookRow.bind(statement, webhook);
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, int offset, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(offset + i + 1, parameters[i]);
        }
        return statement;
    }
}
