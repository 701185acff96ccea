package dev.confab.adapter.persistence.contract.clause.key;

import static dev.confab.adapter.persistence.contract.sample.ApiKeySamples.apiKey;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.StorageException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** K1 and K4 to K7 under concurrent calls, through two instances where the store can have several. */
public abstract class ApiKeyRacesContract extends ContractTest {
    private static final int ROUNDS = 8;
    private static final int THREADS = 8;

    @Test
    void of_many_revocations_at_once_the_first_one_counts_for_all_K4() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        for (int round = 0; round < ROUNDS; round++) {
            ApiKey key = created(ALICE);

            List<Optional<Instant>> seen = TestThreads.run(THREADS, thread -> {
                ApiKeyStore store = instances.get(thread % 2);
                assertThat(store.revoke(key.id(), now())).isTrue();
                return store.find(key.id()).orElseThrow().revokedAt();
            });

            Optional<Instant> stays = keys().find(key.id()).orElseThrow().revokedAt();
            assertThat(stays).isPresent();
            assertThat(seen).containsOnly(stays);
        }
    }

    @Test
    void a_revoked_key_is_never_seen_usable_again_while_it_is_used_K2_K5() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        for (int round = 0; round < ROUNDS; round++) {
            ApiKey key = created(ALICE);
            TestThreads.run(THREADS, thread -> {
                ApiKeyStore store = instances.get(thread % 2);
                if (thread == 0) {
                    store.revoke(key.id(), now());
                }
                boolean revoked = false;
                for (int n = 0; n < 20; n++) {
                    store.recordUse(key.id(), now());
                    boolean seen = store.find(key.id()).orElseThrow().revokedAt().isPresent();
                    assertThat(seen || !revoked).as("still revoked").isTrue();
                    revoked = seen;
                }
                return thread;
            });
            assertThat(keys().find(key.id()).orElseThrow().revokedAt()).isPresent();
        }
    }

    @Test
    void a_use_and_a_revocation_at_the_same_time_are_both_recorded_K5() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        for (int round = 0; round < ROUNDS; round++) {
            ApiKey key = created(ALICE);

            List<Instant> times = TestThreads.run(THREADS, thread -> {
                ApiKeyStore store = instances.get(thread % 2);
                if (thread == 0) {
                    store.revoke(key.id(), now());
                    return key.createdAt();
                }
                Instant time = now();
                store.recordUse(key.id(), time);
                return time;
            });

            ApiKey stored = keys().find(key.id()).orElseThrow();
            assertThat(stored.revokedAt()).isPresent();
            assertThat(stored.lastUsedAt()).isEqualTo(times.stream().max(Comparator.naturalOrder()));
        }
    }

    @Test
    void of_many_uses_at_once_the_latest_is_recorded_K5() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        for (int round = 0; round < ROUNDS; round++) {
            ApiKey key = created(ALICE);

            List<Instant> times = TestThreads.run(THREADS, thread -> {
                Instant time = now();
                instances.get(thread % 2).recordUse(key.id(), time);
                return time;
            });

            assertThat(keys().find(key.id()).orElseThrow().lastUsedAt())
                    .isEqualTo(times.stream().max(Comparator.naturalOrder()));
        }
    }

    @Test
    void a_use_or_revocation_at_the_same_time_never_brings_a_removed_key_back_K5() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        for (int round = 0; round < ROUNDS; round++) {
            ApiKey key = created(ALICE);

            TestThreads.run(THREADS, thread -> {
                ApiKeyStore store = instances.get(thread % 2);
                if (thread == 0) {
                    assertThat(store.removeAllOf(ALICE)).isEqualTo(1);
                } else if (thread < 3) {
                    store.revoke(key.id(), now());
                } else {
                    store.recordUse(key.id(), now());
                }
                return thread;
            });

            assertThat(keys().find(key.id())).isEmpty();
        }
        db().reopen();
        assertThat(keys().list(Optional.empty(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void many_creations_at_once_do_not_pass_the_limit_K7() {
        List<ApiKeyStore> instances = twoInstances(5);
        for (int round = 0; round < 4; round++) {
            List<Boolean> created = TestThreads.run(2 * THREADS, thread -> {
                try {
                    instances.get(thread % 2).create(apiKey(ALICE));
                    return true;
                } catch (TooManyApiKeys refused) {
                    return false;
                }
            });

            assertThat(created).filteredOn(done -> done).hasSize(5);
            assertThat(keys().list(Optional.empty(), Optional.empty(), 100)).hasSize(5);
            assertThat(keys().removeAllOf(ALICE)).isEqualTo(5);
        }
    }

    @Test
    void pages_stay_correct_while_other_keys_come_and_go_K6() {
        List<ApiKeyStore> instances = twoInstances(ApiKeyStore.MAX_KEYS);
        List<ApiKey> staying = Stream.generate(() -> created(ALICE)).limit(12)
                .sorted(Comparator.comparing(ApiKey::id)).toList();
        var done = new AtomicBoolean();

        TestThreads.run(2, thread -> {
            if (thread == 0) {
                while (TestThreads.noneFailed() && !done.get()) {
                    instances.get(0).create(apiKey(BOB));
                    instances.get(0).create(apiKey(BOB));
                    instances.get(0).removeAllOf(BOB);
                }
                return thread;
            }
            try {
                for (int n = 0; n < 40; n++) {
                    List<ApiKey> listed = ApiKeyPages.all(instances.get(1), Optional.empty(), 1 + n % 4);
                    assertThat(listed).filteredOn(key -> key.owner().equals(ALICE)).isEqualTo(staying);
                    assertThat(listed).isSortedAccordingTo(Comparator.comparing(ApiKey::id));
                }
            } finally {
                done.set(true);
            }
            return thread;
        });
    }

    @Test
    void a_crash_during_many_changes_loses_no_acknowledged_one_K1() {
        ApiKeyStore abandoned = keys();
        Queue<ApiKey> acknowledged = new ConcurrentLinkedQueue<>();
        var stop = new AtomicBoolean();
        var under = new CountDownLatch(20);
        List<Future<Boolean>> writers = IntStream.range(0, 6).mapToObj(thread -> TestThreads.start(() -> {
            try {
                while (!stop.get()) {
                    ApiKey key = apiKey(ALICE);
                    abandoned.create(key);
                    Instant time = now();
                    abandoned.revoke(key.id(), time);
                    acknowledged.add(key.revoked(time));
                    under.countDown();
                }
            } catch (StorageException | IllegalStateException crashed) {
                return true;
            }
            return false;
        })).toList();
        TestThreads.await(under);
        db().crash();
        stop.set(true);
        writers.forEach(writer -> TestThreads.get(writer, TestThreads.DEADLINE));

        assertThat(keys().list(Optional.of(ALICE), Optional.empty(), ApiKeyStore.MAX_KEYS)).containsAll(acknowledged);
    }

    /** The keys through two instances over the same storage, or twice through one if the store cannot share its storage. */
    private List<ApiKeyStore> twoInstances(int limit) {
        StoreUnderTest other = opened(db().another());
        return List.of(db().keys(limit), other.keys(limit));
    }

    private ApiKey created(OwnerId owner) {
        ApiKey key = apiKey(owner);
        keys().create(key);
        return key;
    }
}
