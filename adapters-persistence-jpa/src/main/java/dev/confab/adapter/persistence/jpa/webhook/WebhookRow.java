package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookSecret;
import dev.confab.domain.webhook.WebhookState;
import dev.confab.domain.webhook.WebhookState.Disabled;
import dev.confab.domain.webhook.WebhookState.Enabled;
import dev.confab.domain.webhook.WebhookUrl;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A webhook as a row of the table {@code webhook}. Times go through OffsetDateTime, which has no Julian calendar. */
final class WebhookRow {
    /** All columns but those of the claim, in the order of {@link #bind}. */
    static final String COLUMNS = """
            id, owner_id, url, events, secret, created_at, disabled_reason, state_since, failed_at, failed_event, failure""";
    static final String PLACEHOLDERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    static final int COUNT = 11;

    private WebhookRow() {
    }

    static void bind(PreparedStatement statement, Webhook webhook) throws SQLException {
        Optional<DeliveryFailure> failure = webhook.lastFailure();
        statement.setObject(1, webhook.id().value());
        statement.setString(2, webhook.owner().value());
        statement.setString(3, webhook.url().toString());
        statement.setArray(4, statement.getConnection().createArrayOf("text",
                webhook.events().stream().sorted().map(EventType::code).toArray(String[]::new)));
        statement.setString(5, webhook.secret().text());
        statement.setObject(6, utc(webhook.createdAt()));
        statement.setString(7, disabledReason(webhook.state()));
        statement.setObject(8, utc(webhook.state().since()));
        statement.setObject(9, failure.map(each -> utc(each.at())).orElse(null));
        statement.setString(10, failure.map(DeliveryFailure::eventId).orElse(null));
        statement.setString(11, failure.map(DeliveryFailure::reason).orElse(null));
    }

    private static @Nullable String disabledReason(WebhookState state) {
        return switch (state) {
            case Enabled _ -> null;
            case Disabled disabled -> disabled.reason();
        };
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Throws {@link StorageUnavailable} for a row that is no webhook, which only a change from outside can make. */
    static Webhook read(ResultSet row) throws SQLException {
        var id = new WebhookId(row.getObject("id", UUID.class));
        try {
            Instant since = time(row, "state_since").orElseThrow();
            String disabled = row.getString("disabled_reason");
            return new Webhook(id, new OwnerId(row.getString("owner_id")), WebhookUrl.parse(row.getString("url")),
                    events((String[]) row.getArray("events").getArray()), new WebhookSecret(row.getString("secret")),
                    time(row, "created_at").orElseThrow(),
                    disabled == null ? new Enabled(since) : new Disabled(since, disabled), failure(row));
        } catch (InvalidValue | NoSuchElementException e) {
            throw new StorageUnavailable("the row of webhook " + id + " in the table webhook is damaged: "
                    + e.getMessage() + ". Correct or delete it", e);
        }
    }

    private static Set<EventType> events(String[] codes) {
        return Arrays.stream(codes).map(
                code -> EventType.ofCode(code).orElseThrow(() -> new InvalidValue("events", "has \"" + code + "\"")))
                .collect(Collectors.toSet());
    }

    private static Optional<DeliveryFailure> failure(ResultSet row) throws SQLException {
        Optional<Instant> at = time(row, "failed_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryFailure(at.get(), row.getString("failed_event"), row.getString("failure")));
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
