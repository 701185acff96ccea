package dev.confab.adapter.persistence.contract.clause.key;

import static dev.confab.adapter.persistence.contract.sample.ApiKeySamples.apiKey;
import static dev.confab.adapter.persistence.contract.sample.ApiKeySamples.newApiKeyId;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.port.ApiKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** K1 to K8 by one call after another. */
public abstract class ApiKeyStoreContract extends ContractTest {

    @Test
    void acknowledged_changes_survive_a_crash_K1() {
        Instant time = now();
        ApiKey kept = created(apiKey(ALICE));
        ApiKey revoked = created(apiKey(ALICE));
        created(apiKey(BOB));
        created(apiKey(ALICE, Optional.of(time.minusMillis(1))));
        keys().revoke(revoked.id(), time);
        assertThat(keys().removeAllOf(BOB)).isEqualTo(1);
        assertThat(keys().removeEndedBefore(time)).isEqualTo(1);

        db().crash();

        assertThat(all()).containsExactlyElementsOf(sorted(kept, revoked.revoked(time)));
        assertThat(keys().find(revoked.id())).contains(revoked.revoked(time));
    }

    @Test
    void each_kind_of_change_survives_a_crash_right_after_it_K1() {
        ApiKey key = created(apiKey(ALICE));
        db().crash();
        assertThat(all()).containsExactly(key);
        Instant time = now();
        keys().revoke(key.id(), time);
        db().crash();
        assertThat(all()).containsExactly(key.revoked(time));
        keys().removeEndedBefore(now());
        db().crash();
        assertThat(all()).isEmpty();
        created(apiKey(ALICE));
        keys().removeAllOf(ALICE);
        db().crash();
        assertThat(all()).isEmpty();
    }

    @Test
    void every_thread_sees_a_change_as_soon_as_it_returns_K2() {
        TestThreads.run(4, thread -> {
            for (int n = 0; n < 5; n++) {
                ApiKey key = created(apiKey(ALICE));
                assertThat(inAnotherThread(key.id())).contains(key);
                Instant time = now();
                keys().revoke(key.id(), time);
                assertThat(inAnotherThread(key.id())).contains(key.revoked(time));
            }
            return thread;
        });
    }

    private Optional<ApiKey> inAnotherThread(ApiKeyId id) {
        Future<Optional<ApiKey>> found = TestThreads.start(() -> keys().find(id));
        return TestThreads.get(found, TestThreads.DEADLINE);
    }

    @Test
    void every_instance_sees_a_change_as_soon_as_it_returns_K2() {
        StoreUnderTest other = opened(db().another());

        for (int n = 0; n < 10; n++) {
            ApiKeyStore writing = (n % 2 == 0 ? db() : other).keys(ApiKeyStore.MAX_KEYS);
            ApiKeyStore reading = (n % 2 == 0 ? other : db()).keys(ApiKeyStore.MAX_KEYS);
            ApiKey key = apiKey(ALICE);
            writing.create(key);
            assertThat(reading.find(key.id())).contains(key);
            Instant time = now();
            reading.revoke(key.id(), time);
            assertThat(writing.find(key.id())).contains(key.revoked(time));
            writing.removeAllOf(ALICE);
            assertThat(reading.find(key.id())).isEmpty();
            assertThat(reading.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
        }
    }

    @Test
    void keys_come_back_exactly_as_they_were_stored_K3() {
        var stored = new ArrayList<ApiKey>();
        EdgeCaseTexts.SHORT.stream().filter(text -> !text.isEmpty()).forEach(text -> stored.add(new ApiKey(
                newApiKeyId(), new OwnerId(text), text, EnumSet.allOf(Scope.class), SecretDigest.of(text), now(),
                Optional.of(now()), Optional.of(now()), Optional.of(now()))));
        for (Scope scope : Scope.values()) {
            stored.add(new ApiKey(newApiKeyId(), ALICE, "x".repeat(ApiKey.MAX_NAME_LENGTH), Set.of(scope),
                    SecretDigest.of(scope.code()), now(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        for (Instant time : List.of(Times.EARLIEST, Times.LATEST, Instant.parse("1582-10-04T23:59:59.999Z"))) {
            stored.add(new ApiKey(newApiKeyId(), ALICE, "times", Set.of(Scope.READ), SecretDigest.of("x"), time,
                    Optional.of(time), Optional.of(time), Optional.of(time)));
        }
        ApiKeySamples.LIMITS.forEach(limits -> stored.add(apiKey(ALICE).limitedTo(limits)));
        stored.forEach(keys()::create);

        assertReturned(stored);
        db().reopen();
        assertReturned(stored);
        db().crash();
        assertReturned(stored);
    }

    private void assertReturned(List<ApiKey> stored) {
        stored.forEach(key -> assertThat(keys().find(key.id())).contains(key));
        assertThat(all()).containsExactlyElementsOf(sorted(stored.toArray(ApiKey[]::new)));
    }

    @Test
    void a_key_with_the_id_of_another_is_rejected_and_changes_nothing_K3() {
        ApiKey key = created(apiKey(ALICE));
        var same = new ApiKey(key.id(), BOB, "another", key.scopes(), key.digest(), now(), Optional.empty(),
                Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> keys().create(same)).isInstanceOf(IllegalStateException.class);

        assertThat(all()).containsExactly(key);
    }

    @Test
    void a_later_revocation_does_not_change_the_time_of_the_first_K4() {
        ApiKey key = created(apiKey(ALICE));
        Instant time = now();

        assertThat(keys().revoke(key.id(), time)).isTrue();
        assertThat(keys().revoke(key.id(), now())).isTrue();
        assertThat(keys().revoke(key.id(), time.minusMillis(1))).isTrue();

        assertThat(keys().find(key.id())).contains(key.revoked(time));
        assertThat(keys().revoke(newApiKeyId(), now())).isFalse();
    }

    @Test
    void the_last_use_goes_forward_only_K5() {
        ApiKey key = created(apiKey(ALICE));
        Instant time = now();

        keys().recordUse(key.id(), time);
        assertThat(keys().find(key.id())).contains(key.used(time));
        keys().recordUse(key.id(), time.minusMillis(1));
        assertThat(keys().find(key.id())).contains(key.used(time));
        keys().recordUse(key.id(), time.plusMillis(1));
        assertThat(keys().find(key.id())).contains(key.used(time.plusMillis(1)));
    }

    @Test
    void only_a_crash_may_lose_the_last_use_K5() {
        ApiKey key = created(apiKey(ALICE));
        Instant time = now();
        keys().recordUse(key.id(), time);

        db().reopen();

        assertThat(keys().find(key.id())).contains(key.used(time));
    }

    @Test
    void a_use_of_a_revoked_key_leaves_it_revoked_and_one_of_a_removed_key_does_nothing_K5() {
        ApiKey revoked = created(apiKey(ALICE));
        ApiKey removed = created(apiKey(BOB));
        Instant time = now();
        keys().revoke(revoked.id(), time);
        keys().removeAllOf(BOB);

        keys().recordUse(revoked.id(), time);
        keys().recordUse(removed.id(), time);

        assertThat(all()).containsExactly(revoked.revoked(time).used(time));
        db().reopen();
        assertThat(all()).containsExactly(revoked.revoked(time).used(time));
    }

    @Test
    void keys_are_listed_in_the_order_of_their_ids_over_pages_K6() {
        List<ApiKey> stored = Stream.generate(() -> created(apiKey(ALICE))).limit(9).toList();
        ApiKey lowest = created(withId(new UUID(0, 1), BOB));
        ApiKey highest = created(withId(new UUID(-1, -1), ALICE));
        var everything = Stream.concat(stored.stream(), Stream.of(lowest, highest)).toArray(ApiKey[]::new);

        for (int limit : new int[]{1, 2, 3, 11, 12}) {
            assertThat(ApiKeyPages.all(keys(), Optional.empty(), limit)).containsExactlyElementsOf(sorted(everything));
        }
        assertThat(keys().list(Optional.empty(), Optional.of(highest.id()), 5)).isEmpty();
    }

    @Test
    void an_owner_has_only_their_own_keys_in_a_list_K6() {
        List<ApiKey> stored = Stream.generate(() -> created(apiKey(ALICE))).limit(5).toList();
        Stream.generate(() -> created(apiKey(BOB))).limit(5).forEach(key -> {
        });

        for (int limit : new int[]{1, 2, 5, 6}) {
            assertThat(ApiKeyPages.all(keys(), Optional.of(ALICE), limit))
                    .containsExactlyElementsOf(sorted(stored.toArray(ApiKey[]::new)));
        }
        assertThat(ApiKeyPages.all(keys(), Optional.of(new OwnerId("nobody")), 2)).isEmpty();
    }

    @Test
    void no_more_keys_than_the_limit_exist_and_ended_ones_count_K7() {
        ApiKeyStore three = db().keys(3);
        ApiKey revoked = apiKey(ALICE);
        three.create(revoked);
        three.create(apiKey(ALICE));
        three.create(apiKey(BOB, Optional.of(now().minusMillis(1))));
        three.revoke(revoked.id(), now());

        assertThatThrownBy(() -> three.create(apiKey(ALICE))).isInstanceOf(TooManyApiKeys.class)
                .hasMessageContaining("3");
        assertThat(all()).hasSize(3);
        assertThat(three.removeAllOf(ALICE)).isEqualTo(2);
        three.create(apiKey(ALICE));
        three.create(apiKey(ALICE));
        assertThatThrownBy(() -> three.create(apiKey(ALICE))).isInstanceOf(TooManyApiKeys.class);
    }

    @Test
    void keys_that_ended_before_a_time_are_removed_and_no_others_K8() {
        Instant time = now();
        ApiKey usable = created(apiKey(ALICE));
        ApiKey expiresThen = created(apiKey(ALICE, Optional.of(time)));
        ApiKey revokedThen = created(apiKey(ALICE, Optional.of(time.plusSeconds(9)))).revoked(time);
        keys().revoke(revokedThen.id(), time);
        ApiKey expired = created(apiKey(ALICE, Optional.of(time.minusMillis(1))));
        ApiKey revoked = created(apiKey(BOB, Optional.of(time.plusSeconds(9))));
        keys().revoke(revoked.id(), time.minusMillis(1));
        ApiKey both = created(apiKey(BOB, Optional.of(time.minusMillis(1))));
        keys().revoke(both.id(), time.plusMillis(1));

        assertThat(keys().removeEndedBefore(time)).isEqualTo(3);

        assertThat(all()).containsExactlyElementsOf(sorted(usable, expiresThen, revokedThen));
        assertThat(keys().removeEndedBefore(time)).isZero();
        for (ApiKey removed : List.of(expired, revoked, both)) {
            assertThat(keys().find(removed.id())).isEmpty();
            assertThat(keys().revoke(removed.id(), now())).isFalse();
        }
    }

    @Test
    void all_keys_of_an_owner_are_removed_and_no_others_K8() {
        ApiKey other = created(apiKey(BOB));
        ApiKey live = created(apiKey(ALICE));
        ApiKey revoked = created(apiKey(ALICE));
        keys().revoke(revoked.id(), now());

        assertThat(keys().removeAllOf(ALICE)).isEqualTo(2);

        assertThat(all()).containsExactly(other);
        assertThat(keys().find(live.id())).isEmpty();
        assertThat(keys().revoke(live.id(), now())).isFalse();
        assertThat(keys().removeAllOf(ALICE)).isZero();
    }

    private static ApiKey withId(UUID id, OwnerId owner) {
        ApiKey key = apiKey(owner);
        return new ApiKey(new ApiKeyId(id), owner, key.name(), key.scopes(), key.digest(), key.createdAt(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private ApiKey created(ApiKey key) {
        keys().create(key);
        return key;
    }

    private List<ApiKey> all() {
        return keys().list(Optional.empty(), Optional.empty(), ApiKeyStore.MAX_KEYS);
    }

    private static List<ApiKey> sorted(ApiKey... keys) {
        return Stream.of(keys).sorted(Comparator.comparing(ApiKey::id)).toList();
    }
}
