package dev.confab.application.turn.run;

import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's right to write for its turn: the lease, by this instance's clock, and the step the turn is in.
 *
 * <p>One lock a run: its thread holds it while it commits and takes note of what it committed, a renewal while it renews. So a renewal
 * never meets a step that the run's own thread has just left, and is refused only when the turn really is over or another's.
 */
final class TurnLease {
    private static final Logger LOG = LoggerFactory.getLogger(TurnLease.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final TurnWrites commits;
    private final Interruption gate;
    private final InstantSource clock;
    private final Duration lease;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile int step;
    private volatile Instant leaseUntil;

    TurnLease(TurnWrites commits, Interruption gate, InstantSource clock, Duration lease, Turn turn) {
        this.commits = commits;
        this.gate = gate;
        this.clock = clock;
        this.lease = lease;
        this.step = turn.step();
        this.leaseUntil = leaseOf(turn);
    }

    TurnId turnId() {
        return commits.id();
    }

    OwnerId owner() {
        return commits.owner();
    }

    boolean isLeaseOver() {
        return !clock.instant().isBefore(leaseUntil);
    }

    /** Whether a third of the lease is gone. */
    boolean isRenewalDue() {
        return !clock.instant().isBefore(leaseUntil.minus(lease.multipliedBy(2).dividedBy(3)));
    }

    /** Another may have failed the turn by now: nothing may be said or written any more. */
    void requireLease() {
        if (isLeaseOver()) {
            gate.stop();
            throw new RunStopped();
        }
    }

    Turn ask(List<ToolRound> rounds, Optional<TokenUsage> used, AnswerBuffer speech) {
        Instant at = now();
        Instant until = at.plus(lease);
        return patiently(() -> {
            Turn turn = commits.ask(step, rounds, used, until, at);
            step = turn.step();
            speech.next(step);
            leaseUntil = until;
            return turn;
        });
    }

    TurnOutcome complete(MessageDraft reply, List<ToolRound> rounds, Optional<TokenUsage> used) {
        Instant at = now();
        return patiently(() -> commits.complete(step, reply, rounds, used, at));
    }

    TurnOutcome fail(TurnFailure failure) {
        Instant at = now();
        return patiently(() -> commits.fail(step, failure, at));
    }

    /** Says that the run is alive, unless it is writing at this moment. */
    void renew(AnswerBuffer speech) {
        if (writing.tryLock()) {
            try {
                gate.requireNotStopped();
                requireLease();
                PartialAnswer said = speech.said();
                Instant at = now();
                Instant until = at.plus(lease);
                Turn _ = commits.renew(said.step(), until, said.text(), at);
                leaseUntil = until;
            } finally {
                writing.unlock();
            }
        }
    }

    /** Fails the turn from another thread than the run's, which is stuck or to be stopped. Empty when the run is writing at this moment. */
    Optional<TurnOutcome> failFromOutside(TurnFailure failure) {
        if (!writing.tryLock()) {
            return Optional.empty();
        }
        try {
            gate.requireNotStopped();
            return Optional.of(commits.fail(step, failure, now()));
        } finally {
            writing.unlock();
        }
    }

    /** Tries for as long as the storage is unavailable and the lease lasts. */
    <T> T patiently(Supplier<T> work) {
        writing.lock();
        try {
            for (long pause = FIRST_PAUSE_MILLIS;; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
                gate.requireNotStopped();
                requireLease();
                try {
                    return work.get();
                } catch (StorageUnavailable | LockTimeout | CommitOutcomeUnknown later) {
                    LOG.debug("turn {} waits for the storage", turnId(), later);
                }
                gate.pause(pause);
            }
        } finally {
            writing.unlock();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant leaseOf(Turn turn) {
        return turn.state() instanceof Running running ? running.leaseUntil() : Instant.MIN;
    }
}
