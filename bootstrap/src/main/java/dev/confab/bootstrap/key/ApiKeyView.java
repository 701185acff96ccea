package dev.confab.bootstrap.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Scope;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;

/** An API key as {@code --json} prints it: the members of the HTTP API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ApiKeyView(String id, String owner, String name, List<String> scopes, String createdAt,
        Optional<String> expiresAt, Optional<String> revokedAt, Optional<String> lastUsedAt,
        Optional<LimitsView> limits) {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** A new key with its token. */
    record Issued(ApiKeyView key, String token) {
        static Issued of(ApiKeys.Issued issued) {
            return new Issued(ApiKeyView.of(issued.key()), issued.token().text());
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "token of " + key;
        }
    }

    /** The limits that the key has. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record LimitsView(Optional<Integer> requestsPerSecond, Optional<Integer> burst, Optional<Integer> eventStreams,
            Optional<Integer> runningTurns, Optional<Long> storedBytes, Optional<Integer> conversations) {
        static Optional<LimitsView> of(Limits limits) {
            return limits.equals(Limits.NONE)
                    ? Optional.empty()
                    : Optional.of(new LimitsView(limits.rate().map(Rate::perSecond), limits.rate().map(Rate::burst),
                            limits.eventStreams(), limits.runningTurns(), limits.storedBytes(),
                            limits.conversations()));
        }
    }

    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(key.id().toString(), key.owner().value(), key.name(), scopes(key), time(key.createdAt()),
                key.expiresAt().map(ApiKeyView::time), key.revokedAt().map(ApiKeyView::time),
                key.lastUsedAt().map(ApiKeyView::time), LimitsView.of(key.limits()));
    }

    private static List<String> scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(Scope::code).toList();
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    /** The cells of a row of {@link ApiKeyTable}. */
    List<String> cells(boolean usable) {
        String state = revokedAt.map(at -> "revoked " + at)
                .orElseGet(() -> expiresAt.map(at -> (usable ? "expires " : "expired ") + at).orElse("usable"));
        return List.of(id, owner, name, String.join(",", scopes), state, lastUsedAt.orElse("never used"));
    }
}
