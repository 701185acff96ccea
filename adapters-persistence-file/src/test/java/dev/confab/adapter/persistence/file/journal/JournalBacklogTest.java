package dev.confab.adapter.persistence.file.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Writers wait while the journal is full: until there is room, until it fails, or until their deadline. */
class JournalBacklogTest {
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    private final JournalBacklog backlog = new JournalBacklog(100, Set.of());
    private final AtomicBoolean failed = new AtomicBoolean();

    @Test
    void a_journal_that_has_failed_refuses_writers_even_when_it_has_room() {
        failed.set(true);

        assertThatThrownBy(() -> await(1_000, Duration.ofHours(1))).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void a_waiting_writer_is_refused_when_the_journal_fails() {
        FutureTask<Boolean> writer = startAndWait();

        failed.set(true);
        backlog.wake();

        assertThatThrownBy(() -> TestThreads.get(writer, IN_TIME)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void a_waiting_writer_goes_on_when_a_checkpoint_has_made_room() {
        FutureTask<Boolean> writer = startAndWait();

        backlog.remove(1);

        assertThat(TestThreads.get(writer, IN_TIME)).isTrue();
    }

    @Test
    void a_writer_that_finds_no_room_gives_up_at_its_deadline() {
        var writer = TestThreads.start(() -> await(100, Duration.ofMillis(50)));

        assertThatThrownBy(() -> TestThreads.get(writer, IN_TIME)).isInstanceOf(LockTimeout.class);
    }

    private FutureTask<Boolean> startAndWait() {
        var writer = new FutureTask<>(() -> await(100, Duration.ofHours(1)));
        Thread thread = Thread.ofPlatform().daemon().start(writer);
        TestThreads.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return writer;
    }

    private boolean await(long bound, Duration limit) {
        backlog.await(bound, System.nanoTime() + limit.toNanos(), () -> {
            if (failed.get()) {
                throw new StorageUnavailable("failed");
            }
        });
        return true;
    }
}
