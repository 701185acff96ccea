package dev.confab.adapter.persistence.jpa.key;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** An API key as a row of the table {@code api_key}. Times go through OffsetDateTime, which has no Julian calendar. */
final class ApiKeyRow {
    /** In the order of {@link #bind}. */
    static final String COLUMNS = "id, owner_id, name, scopes, digest, created_at, expires_at, revoked_at, last_used_at, "
            + "requests_per_second, burst, event_streams, running_turns, stored_bytes, conversations";
    /** Their values in an {@code INSERT … SELECT}, which does not know the type of a null. */
    static final String VALUES = "?, ?, ?, ?, ?, ?, CAST(? AS timestamptz), CAST(? AS timestamptz), "
            + "CAST(? AS timestamptz), CAST(? AS integer), CAST(? AS integer), CAST(? AS integer), CAST(? AS integer), "
            + "CAST(? AS bigint), CAST(? AS integer)";
    static final int COUNT = 15;

    private ApiKeyRow() {
    }

    static void bind(PreparedStatement statement, ApiKey key) throws SQLException {
        statement.setObject(1, key.id().value());
        statement.setString(2, key.owner().value());
        statement.setString(3, key.name());
        statement.setArray(4, statement.getConnection().createArrayOf("text",
                key.scopes().stream().sorted().map(Scope::code).toArray(String[]::new)));
        statement.setBytes(5, HexFormat.of().parseHex(key.digest().hex()));
        statement.setObject(6, utc(key.createdAt()));
        statement.setObject(7, key.expiresAt().map(ApiKeyRow::utc).orElse(null));
        statement.setObject(8, key.revokedAt().map(ApiKeyRow::utc).orElse(null));
        statement.setObject(9, key.lastUsedAt().map(ApiKeyRow::utc).orElse(null));
        bind(statement, key.limits());
    }

    private static void bind(PreparedStatement statement, Limits limits) throws SQLException {
        statement.setObject(10, limits.rate().map(Rate::perSecond).orElse(null));
        statement.setObject(11, limits.rate().map(Rate::burst).orElse(null));
        statement.setObject(12, limits.eventStreams().orElse(null));
        statement.setObject(13, limits.runningTurns().orElse(null));
        statement.setObject(14, limits.storedBytes().orElse(null));
        statement.setObject(15, limits.conversations().orElse(null));
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Throws {@link StorageUnavailable} for a row that is no key, which only a change from outside can make. */
    static ApiKey read(ResultSet row, int number) throws SQLException {
        var id = new ApiKeyId(row.getObject("id", UUID.class));
        try {
            return new ApiKey(id, new OwnerId(row.getString("owner_id")), row.getString("name"),
                    scopes((String[]) row.getArray("scopes").getArray()),
                    new SecretDigest(HexFormat.of().formatHex(row.getBytes("digest"))),
                    time(row, "created_at").orElseThrow(), time(row, "expires_at"), time(row, "revoked_at"),
                    time(row, "last_used_at"), limits(row));
        } catch (InvalidValue | NoSuchElementException e) {
            throw new StorageUnavailable("the row of API key " + id + " in the table api_key is damaged: "
                    + e.getMessage() + ". Correct or delete it", e);
        }
    }

    private static Limits limits(ResultSet row) throws SQLException {
        Optional<Integer> burst = integer(row, "burst");
        return new Limits(integer(row, "requests_per_second").map(rate -> Rate.of(rate, burst)),
                integer(row, "event_streams"), integer(row, "running_turns"),
                Optional.ofNullable(row.getObject("stored_bytes", Long.class)), integer(row, "conversations"));
    }

    private static Optional<Integer> integer(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    private static Set<Scope> scopes(String[] codes) {
        return Arrays.stream(codes)
                .map(code -> Scope.ofCode(code).orElseThrow(() -> new InvalidValue("scopes", "has \"" + code + "\"")))
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
