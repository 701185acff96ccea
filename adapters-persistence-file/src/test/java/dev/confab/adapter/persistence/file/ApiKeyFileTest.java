package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk.Operation;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The file of API keys through crashes and failures of the disk at any operation. */
class ApiKeyFileTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());
    private static final OwnerId ANN = Samples.ALICE;
    private static final OwnerId BEN = Samples.BOB;

    private final ApiKey first = ApiKeySamples.apiKey(ANN);
    private final ApiKey second = ApiKeySamples.apiKey(BEN);
    private final ApiKey third = ApiKeySamples.apiKey(BEN, Optional.of(Samples.now()));
    private final ApiKey later = ApiKeySamples.apiKey(BEN);
    private final ApiKey fourth = ApiKeySamples.apiKey(ANN);
    private final Instant time = Samples.now();
    private final List<Consumer<ApiKeyStore>> changes = List.of(keys -> keys.create(first), keys -> keys.create(second),
            keys -> keys.create(third), keys -> keys.recordUse(first.id(), time), keys -> keys.revoke(first.id(), time),
            keys -> keys.removeEndedBefore(time), keys -> keys.recordUse(second.id(), time),
            keys -> keys.removeAllOf(ANN), keys -> keys.create(fourth));

    @Test
    void a_crash_at_any_operation_loses_no_acknowledged_change() {
        long operations = operations();
        for (long n = 1; n <= operations; n++) {
            for (long seed = 1; seed <= 4; seed++) {
                long at = n;
                long dice = seed * 1_000_003 + n;
                Trials.run("dies at operation %d, seed %d".formatted(n, dice), () -> {
                    var disk = new SimulatedDisk(dice);
                    disk.dieAt(at);
                    var life = new ApiKeyLife();
                    life.openAndRun(disk, changes);
                    SimulatedDisk left = disk.crash(dice);
                    life.kill();
                    life.openAndVerify(left);
                    life.run(List.of(keys -> keys.create(later)));
                    SimulatedDisk next = left.crash(dice);
                    life.kill();
                    life.openAndVerify(next);
                    life.kill();
                });
            }
        }
    }

    @Test
    void any_operation_may_fail_and_the_response_matches_the_stored_state() {
        long operations = operations();
        for (long n = 1; n <= operations; n++) {
            long at = n;
            Trials.run("operation %d fails".formatted(n), () -> {
                var disk = new SimulatedDisk(at);
                disk.failAt(at);
                var life = new ApiKeyLife();
                life.openAndRun(disk, changes);
                disk.heal();
                life.verifyMemory();
                life.kill();
                life.openAndVerify(disk);
                SimulatedDisk next = disk.crash(at);
                life.kill();
                life.openAndVerify(next);
                life.kill();
            });
        }
    }

    /** The operations of the disk until the changes are made and the store is closed. */
    private long operations() {
        var disk = new SimulatedDisk(0);
        var life = new ApiKeyLife();
        life.openAndRun(disk, changes);
        life.kill();
        return disk.operations();
    }

    @Test
    void after_a_failed_force_no_change_is_made_and_reads_go_on() {
        for (Operation force : List.of(Operation.FORCE, Operation.FORCE_DIRECTORY)) {
            var disk = new SimulatedDisk(1);
            FileStore store = open(disk);
            store.keys().create(first);
            disk.failNext(path -> path.endsWith("keys.json.tmp") || path.equals(LAYOUT.root()), force);

            assertThatThrownBy(() -> store.keys().create(second)).isInstanceOf(
                    force == Operation.FORCE ? StorageUnavailable.class : CommitOutcomeUnknown.class);

            assertThat(store.health().failure().orElseThrow()).contains("could not force");
            assertThatThrownBy(() -> store.keys().revoke(first.id(), time)).isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("could not force");
            assertThat(store.keys().find(first.id())).contains(first);
            store.close();
        }
    }

    @Test
    void a_full_disk_refuses_changes_until_there_is_room() {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.keys().create(first);
        disk.fill();
        assertThatThrownBy(() -> store.keys().create(second)).isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("the API keys cannot be written");
        disk.heal();

        store.keys().create(second);

        assertThat(store.health().failure()).isEmpty();
        store.abandon();
        FileStore reopened = open(disk);
        assertThat(all(reopened)).containsExactlyInAnyOrder(first, second);
        reopened.close();
    }

    @Test
    void the_last_uses_are_written_with_a_checkpoint_and_only_if_there_are_any() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.keys().create(first);
        byte[] before = bytes(disk);
        store.keys().recordUse(first.id(), time);
        assertThat(bytes(disk)).isEqualTo(before);

        store.checkpoint();

        assertThat(text(disk)).contains("\"lastUsedAt\":\"" + time + "\"");
        disk.failNext(path -> path.endsWith("keys.json.tmp"), Operation.OPEN);
        store.checkpoint();
        disk.heal();
        store.abandon();
        FileStore reopened = open(disk);
        assertThat(all(reopened)).containsExactly(first.used(time));
        reopened.close();
    }

    @Test
    void a_checkpoint_succeeds_though_the_last_uses_cannot_be_written() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.keys().create(first);
        store.keys().recordUse(first.id(), time);
        disk.failNext(path -> path.endsWith("keys.json.tmp"), Operation.WRITE);
        store.checkpoint();
        assertThat(text(disk)).doesNotContain("lastUsedAt");

        store.checkpoint();

        assertThat(text(disk)).contains("lastUsedAt");
        store.close();
    }

    @Test
    void a_damaged_file_is_refused_with_advice_and_not_changed() throws IOException {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.keys().create(first);
        store.close();
        String whole = text(disk);
        for (String damaged : List.of(whole.replace("\"owner\"", "\"Owner\""), whole.substring(0, whole.length() - 1),
                whole.substring(0, 40), "", "{}")) {
            disk.overwrite(LAYOUT.keys(), damaged.getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> open(disk)).isInstanceOf(FileStoreCannotOpen.class)
                    .hasMessageContainingAll(LAYOUT.keys().toString(), "is damaged", "Restore it from a backup",
                            "move it out of the data directory");

            assertThat(text(disk)).isEqualTo(damaged);
        }
        disk.delete(LAYOUT.keys());
        FileStore without = open(disk);
        assertThat(all(without)).isEmpty();
        without.close();
    }

    @Test
    void a_change_on_a_disk_that_does_not_answer_ends_in_time_and_may_still_be_made() {
        var disk = new SimulatedDisk(1);
        var impatient = new FileStoreSettings(Life.SETTINGS.directory(), Duration.ofSeconds(1), 1L << 30,
                Duration.ofHours(1), 1 << 20, false);
        FileStore store = FileStore.open(impatient, new FileStoreObserver() {
        }, disk);
        CountDownLatch answer = disk.hangForces();

        Future<Object> hanging = inBackground(() -> store.keys().create(first));
        assertThatThrownBy(() -> TestThreads.get(hanging, TestThreads.DEADLINE))
                .isInstanceOf(CommitOutcomeUnknown.class);
        Future<Object> behind = inBackground(() -> store.keys().create(second));
        assertThatThrownBy(() -> TestThreads.get(behind, TestThreads.DEADLINE)).isInstanceOf(StorageUnavailable.class);
        assertThat(all(store)).isEmpty();

        answer.countDown();
        store.keys().create(third);
        assertThat(all(store)).containsExactlyInAnyOrder(first, third);
        store.close();
    }

    @Test
    void a_use_while_a_change_is_written_is_kept() {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        store.keys().create(first);
        CountDownLatch answer = disk.hangForces();
        Future<Object> revocation = inBackground(() -> store.keys().revoke(first.id(), time));
        TestThreads.await(disk::isForceHanging);
        store.keys().recordUse(first.id(), time);
        answer.countDown();
        TestThreads.get(revocation, TestThreads.DEADLINE);

        assertThat(all(store)).containsExactly(first.revoked(time).used(time));
        store.close();
        FileStore reopened = open(disk);
        assertThat(all(reopened)).containsExactly(first.revoked(time).used(time));
        reopened.close();
    }

    @Test
    void an_interrupt_of_the_caller_neither_ends_a_change_nor_stops_the_store() {
        var disk = new SimulatedDisk(1);
        FileStore store = open(disk);
        CountDownLatch answer = disk.hangForces();
        var caller = new AtomicReference<Thread>();
        Future<Boolean> change = TestThreads.start(() -> {
            caller.set(Thread.currentThread());
            store.keys().create(first);
            return Thread.interrupted();
        });
        TestThreads.await(disk::isForceHanging);
        caller.get().interrupt();
        answer.countDown();

        assertThat(TestThreads.get(change, TestThreads.DEADLINE)).as("the interrupt flag").isTrue();
        assertThat(all(store)).containsExactly(first);
        assertThat(store.health().failure()).isEmpty();
        store.close();
    }

    @Test
    void a_closed_store_refuses_changes() {
        FileStore store = open(new SimulatedDisk(1));
        store.close();

        assertThatThrownBy(() -> store.keys().create(first)).isInstanceOf(StorageUnavailable.class)
                .hasMessage("the store is closed");
    }

    private static Future<Object> inBackground(Runnable change) {
        return TestThreads.start(() -> {
            change.run();
            return true;
        });
    }

    private static byte[] bytes(SimulatedDisk disk) throws IOException {
        return disk.read(LAYOUT.keys(), 0, 1 << 20);
    }

    private static String text(SimulatedDisk disk) throws IOException {
        return new String(bytes(disk), StandardCharsets.UTF_8);
    }

    static List<ApiKey> all(FileStore store) {
        return store.keys().list(Optional.empty(), Optional.empty(), 100);
    }

    static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }
}
