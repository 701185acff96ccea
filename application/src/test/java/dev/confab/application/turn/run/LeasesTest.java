package dev.confab.application.turn.run;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;
import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.application.Sessions;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import dev.confab.domain.session.TurnState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LeasesTest {
    private static final Duration LEASE = TurnWorld.SETTINGS.lease();

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    /** Receives no hints, so it learns of commits of other instances only when it renews its lease. */
    private final Instance lost = world.deaf();
    private final Instance other = world.instance();
    private final Session session = lost.session();

    @Test
    void a_lease_is_renewed_with_the_text_so_far_when_a_third_of_it_has_passed() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();

        world.pass(Duration.ofSeconds(9));
        lost.runner.renewLeases();
        world.pass(Duration.ofSeconds(1));
        lost.runner.renewLeases();
        await(() -> lost.get(turn.id()).textSoFar().equals("So far"));

        assertThat(lost.get(turn.id()).state()).isInstanceOfSatisfying(Running.class, running -> assertThat(
                Duration.between(turn.startedAt(), running.leaseUntil())).isEqualTo(Duration.ofSeconds(40)));
        held.goOn();
        lost.finished(turn);
    }

    @Test
    void the_turn_of_a_crashed_instance_is_failed_by_a_sweep_of_another() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();
        assertThat(other.sessions.sweep()).isZero();

        world.pass(LEASE);

        assertThat(other.sessions.sweep()).isOne();
        assertThat(other.get(turn.id()).state()).isEqualTo(new Failed(TurnFailure.LEASE_EXPIRED));
        assertThat(other.texts(session.conversationId())).containsExactly("Hi");
        held.goOn();
    }

    @Test
    void the_turn_of_a_crashed_instance_does_not_block_the_next_start_and_the_crashed_instance_writes_nothing()
            throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();
        world.pass(LEASE);
        other.assistant.says("Here I am");

        Turn next = other.finished(other.start(session, "Anyone?"));
        held.goOn("and on");
        await(() -> lost.runner.running() == 0);

        assertThat(next.state()).isEqualTo(new Completed());
        assertThat(other.get(turn.id()).state()).isEqualTo(new Failed(TurnFailure.LEASE_EXPIRED));
        assertThat(other.texts(session.conversationId())).containsExactly("Hi", "Anyone?", "Here I am");
        assertThat(lost.follow(turn.id(), 0)).hasSize(3).last().isInstanceOf(Ended.class);
    }

    @Test
    void the_fence_rejects_an_instance_whose_slow_clock_shows_an_unexpired_lease() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();
        lost.behind = LEASE;
        world.pass(LEASE);
        assertThat(other.sessions.sweep()).isOne();

        held.goOn("and on");
        await(() -> lost.runner.running() == 0);

        assertThat(other.texts(session.conversationId())).containsExactly("Hi");
        assertThat(lost.follow(turn.id(), 0).getLast()).isInstanceOf(Ended.class);
    }

    @Test
    void a_refused_renewal_interrupts_the_assistant() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();
        other.turns.cancel(ANN, turn.id());

        world.pass(Duration.ofSeconds(11));
        lost.runner.renewLeases();

        held.interrupted.await();
        await(() -> lost.runner.running() == 0);
        assertThat(lost.follow(turn.id(), 0).getLast()).isInstanceOf(Ended.class);
    }

    @ParameterizedTest
    @EnumSource(Faults.Failure.class)
    void a_reply_whose_commit_fails_at_first_is_written_once(Faults.Failure failure)
            throws InterruptedException {
        var held = other.assistant.holds("Once");
        Turn turn = other.start(session, "Hi");
        held.said.await();

        world.storage.failNextCommit(failure);
        held.goOn();

        assertThat(other.finished(turn).state()).isEqualTo(new Completed());
        assertThat(other.texts(session.conversationId())).containsExactly("Hi", "Once");
        assertThat(other.follow(turn.id(), 0)).hasSize(4);
    }

    static List<Supplier<StorageException>> transientFailures() {
        return List.of(() -> new StorageUnavailable("the storage is down"), () -> new LockTimeout("busy"),
                () -> new CommitOutcomeUnknown("the connection is lost"));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void a_reply_waits_for_the_storage_for_as_long_as_the_lease_lasts(Supplier<StorageException> failure)
            throws InterruptedException {
        var held = other.assistant.holds("Late");
        Turn turn = other.start(session, "Hi");
        held.said.await();
        other.failing = Optional.of(failure);
        held.goOn();
        // More than the attempts of one call.
        other.refused.acquire(RetryingConversationStore.MAX_ATTEMPTS + 1);
        other.failing = Optional.empty();

        assertThat(other.finished(turn).state()).isEqualTo(new Completed());
        assertThat(other.texts(session.conversationId())).containsExactly("Hi", "Late");
    }

    @Test
    void a_run_publishes_and_writes_nothing_from_the_moment_its_lease_ends() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();

        world.now = ((Running) turn.state()).leaseUntil();
        held.goOn("too late");
        await(() -> lost.runner.running() == 0);

        assertThat(lost.get(turn.id()).isFinished()).isFalse();
        assertThat(lost.events.after(ANN, turn.id(), 0).events()).last()
                .isEqualTo(new Delta(IDS_PER_STEP + 1, "So far"));
    }

    @Test
    void a_run_publishes_and_writes_until_the_last_millisecond_of_its_lease() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();

        world.now = ((Running) turn.state()).leaseUntil().minusMillis(1);
        held.goOn(", so good");

        assertThat(lost.finished(turn).state()).isEqualTo(new Completed());
    }

    @Test
    void a_reply_is_not_written_when_the_lease_ends_before_the_storage_is_available() throws InterruptedException {
        var held = other.assistant.holds("Too late");
        Turn turn = other.start(session, "Hi");
        held.said.await();
        other.failing = Optional.of(() -> new StorageUnavailable("the storage is down"));
        held.goOn();
        other.refused.acquire(2);

        world.pass(LEASE);
        await(() -> other.runner.running() == 0);
        other.failing = Optional.empty();

        assertThat(other.events.after(ANN, turn.id(), 0).ended()).isFalse();
        assertThat(other.sessions.sweep()).isOne();
        assertThat(other.follow(turn.id(), 0).getLast()).isInstanceOf(Ended.class);
        assertThat(other.texts(session.conversationId())).containsExactly("Hi");
    }

    @Test
    void a_start_whose_outcome_was_unknown_runs() {
        other.assistant.says("Yes");
        world.storage.failNextCommit(Faults.Failure.UNKNOWN);

        Turn turn = other.finished(other.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Completed());
        assertThat(other.texts(session.conversationId())).containsExactly("Hi", "Yes");
    }

    @Test
    void a_clock_that_is_set_forward_fails_no_turn_that_runs_here() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();

        lost.jumped = Duration.ofHours(1);

        assertThat(lost.sessions.sweep()).isZero();
        assertThatThrownBy(() -> lost.start(session, "Again")).isInstanceOf(TurnInProgress.class);
        held.goOn(", so good");
        assertThat(lost.finished(turn).state()).isEqualTo(new Completed());
        assertThat(lost.texts(session.conversationId())).containsExactly("Hi", "So far, so good");
    }

    @Test
    void a_lease_is_renewed_by_the_clock_that_was_set_forward_too() throws InterruptedException {
        var held = lost.assistant.holds("So far");
        Turn turn = lost.start(session, "Hi");
        held.said.await();
        lost.jumped = Duration.ofHours(1);

        world.pass(Duration.ofSeconds(10));
        lost.runner.renewLeases();
        await(() -> lost.get(turn.id()).textSoFar().equals("So far"));

        assertThat(lost.get(turn.id()).state()).isInstanceOfSatisfying(Running.class, running -> assertThat(
                Duration.between(turn.startedAt(), running.leaseUntil())).isEqualTo(Duration.ofSeconds(3_640)));
        held.goOn();
        lost.finished(turn);
    }

    @Test
    void a_session_that_expires_takes_its_running_turn_with_it() throws InterruptedException {
        Session temporary = other.session(Optional.of(Sessions.MIN_TIME_TO_LIVE));
        var held = other.assistant.holds("So far");
        Turn turn = other.start(temporary, "Hi");
        held.said.await();
        for (int i = 0; i < 6; i++) {
            world.pass(Duration.ofSeconds(10));
            other.runner.renewLeases();
            await(() -> !other.runner.isRenewingLeases());
        }

        held.interrupted.await();
        await(() -> other.runner.running() == 0);
        assertThat(other.store.turn(ANN, turn.id(), world.now)).isEmpty();
        assertThat(other.sessions.sweep()).isOne();
        assertThat(other.store.find(temporary.conversationId(), Instant.EPOCH)).isEmpty();
    }
}
