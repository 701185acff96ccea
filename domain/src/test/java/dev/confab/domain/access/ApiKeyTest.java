package dev.confab.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00.250Z");
    private static final ApiKeyId ID = new ApiKeyId(new UUID(1, 2));
    private static final SecretDigest DIGEST = SecretDigest.of("secret");

    @Test
    void a_key_is_usable_before_the_moment_of_its_expiry_and_not_at_it() {
        ApiKey key = create("backend", Optional.of(NOW.plusMillis(1)));

        assertThat(key.isUsable(NOW)).isTrue();
        assertThat(key.isUsable(NOW.plusMillis(1))).isFalse();
        assertThat(key.isUsable(NOW.plusMillis(2))).isFalse();
    }

    @Test
    void a_key_without_expiry_is_usable_until_it_is_revoked() {
        ApiKey key = create("backend", Optional.empty());
        assertThat(key.isUsable(Instant.parse("9999-12-31T23:59:59.999Z"))).isTrue();

        ApiKey revoked = key.revoked(NOW.plusSeconds(1));

        assertThat(revoked.isUsable(NOW)).isFalse();
        assertThat(revoked.isUsable(NOW.plusSeconds(2))).isFalse();
    }

    @Test
    void a_revocation_keeps_the_time_of_the_first_one() {
        ApiKey revoked = create("backend", Optional.empty()).revoked(NOW.plusSeconds(5));

        assertThat(revoked.revoked(NOW.plusSeconds(1))).isEqualTo(revoked);
        assertThat(revoked.revoked(NOW.plusSeconds(9)).revokedAt()).contains(NOW.plusSeconds(5));
    }

    @Test
    void the_last_use_never_goes_back_and_leaves_the_rest_as_it_was() {
        ApiKey key = create("backend", Optional.of(NOW.plusSeconds(9))).revoked(NOW.plusSeconds(8));

        ApiKey used = key.used(NOW.plusSeconds(5));

        assertThat(used).isEqualTo(new ApiKey(ID, key.owner(), key.name(), key.scopes(), key.digest(), key.createdAt(),
                key.expiresAt(), key.revokedAt(), Optional.of(NOW.plusSeconds(5))));
        assertThat(used.used(NOW.plusSeconds(4))).isEqualTo(used);
        assertThat(used.used(NOW.plusSeconds(6)).lastUsedAt()).contains(NOW.plusSeconds(6));
    }

    @Test
    void an_expiry_must_be_in_the_future_when_the_key_is_made() {
        assertThat(create("backend", Optional.of(NOW.plusMillis(1))).expiresAt()).isPresent();
        assertRefused("expiresAt", () -> create("backend", Optional.of(NOW)));
        assertRefused("expiresAt", () -> create("backend", Optional.of(NOW.minusMillis(1))));
    }

    @Test
    void names_have_1_to_200_characters_and_a_key_has_a_scope() {
        assertThat(create("n".repeat(200), Optional.empty()).name()).hasSize(200);
        assertRefused("name", () -> create("", Optional.empty()));
        assertRefused("name", () -> create("n".repeat(201), Optional.empty()));
        assertRefused("scopes", () -> ApiKey.create(ID, new OwnerId("ann"), "backend", Set.of(), DIGEST, NOW,
                Optional.empty()));
    }

    @Test
    void times_are_whole_milliseconds() {
        Instant micros = NOW.plusNanos(1_000);
        ApiKey key = create("backend", Optional.empty());

        assertRefused("time", () -> create("backend", Optional.of(micros)));
        assertRefused("time", () -> key.revoked(micros));
        assertRefused("time", () -> key.used(micros));
    }

    @Test
    void changing_a_passed_set_of_scopes_afterwards_changes_nothing() {
        Set<Scope> scopes = EnumSet.of(Scope.READ);
        ApiKey key = ApiKey.create(ID, new OwnerId("ann"), "backend", scopes, DIGEST, NOW, Optional.empty());

        scopes.add(Scope.ADMIN);

        assertThat(key.scopes()).containsExactly(Scope.READ);
    }

    @Test
    void a_scope_is_known_by_its_code_only() {
        assertThat(Scope.values()).extracting(Scope::code).containsExactly("read", "write", "admin", "on-behalf");
        assertThat(Scope.values()).allSatisfy(scope -> assertThat(Scope.ofCode(scope.code())).contains(scope));
        for (String other : new String[]{"READ", "on_behalf", "", " read", "all"}) {
            assertThat(Scope.ofCode(other)).as(other).isEmpty();
        }
    }

    @Test
    void a_digest_matches_its_secret_only_and_has_one_form() {
        assertThat(DIGEST.hex()).isEqualTo("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
        assertThat(DIGEST.matches("secret")).isTrue();
        assertThat(DIGEST.matches("Secret")).isFalse();
        assertThat(DIGEST.matches("")).isFalse();
        assertRefused("digest", () -> new SecretDigest(DIGEST.hex().toUpperCase(java.util.Locale.ROOT)));
        assertRefused("digest", () -> new SecretDigest(DIGEST.hex().substring(1)));
        assertRefused("digest", () -> new SecretDigest(DIGEST.hex() + "0"));
    }

    @Test
    void a_key_has_ended_before_a_time_only_after_its_revocation_or_expiry() {
        Instant end = NOW.plusSeconds(60);
        for (ApiKey ended : List.of(create("backend", Optional.of(end)),
                create("backend", Optional.empty()).revoked(end))) {
            assertThat(ended.hasEndedBefore(end)).isFalse();
            assertThat(ended.hasEndedBefore(end.plusMillis(1))).isTrue();
        }
        assertThat(create("backend", Optional.empty()).hasEndedBefore(Instant.MAX)).isFalse();
    }

    private static ApiKey create(String name, Optional<Instant> expiresAt) {
        return ApiKey.create(ID, new OwnerId("ann"), name, Set.of(Scope.READ), DIGEST, NOW, expiresAt);
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValue.class,
                refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
