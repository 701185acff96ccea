package dev.confab.application.turn.run;

import dev.confab.application.turn.answer.AnswerBuffer;
import dev.confab.application.turn.answer.PartialAnswer;
import dev.confab.application.turn.answer.RunFailed;
import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLog;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.event.TurnWatchers;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnOutput;
import dev.confab.domain.session.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn that runs on this instance: its step, its lease, its output so far, and its interruption. The run's own thread
 * produces the answer; the lease keeper's threads renew the lease or fail the turn; a cancel reads the text. The package description
 * says why that is correct.
 */
final class RunningTurn {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTurn.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final OwnerId owner;
    private final Turn started;
    private final TurnLog log;
    private final TurnWatchers watchers;
    private final TurnWrites writes;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration lease;
    private final Interruption interruption = new Interruption();
    /** Held while a write is under way. */
    private final ReentrantLock writing = new ReentrantLock();

    // Guarded by this object's monitor, which is never held during I/O. Changed only under the writing lock, or by the run's own thread.
    private final AnswerBuffer answer;
    private int step;
    /** With the results that the calls have so far. */
    private List<ToolRound> rounds;
    /** By the monotonic clock: the wall clock may be set. */
    private long leaseEnds;

    /** @param started the turn as it was committed when this run began: running, under a lease of this instance */
    RunningTurn(OwnerId owner, Turn started, TurnLog log, TurnWatchers watchers, TurnWrites writes,
            InstantSource clock, LongSupplier nanoTime, Duration lease) {
        this.owner = owner;
        this.started = started;
        this.log = log;
        this.watchers = watchers;
        this.writes = writes;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lease = lease;
        this.answer = new AnswerBuffer(started.textSoFar());
        this.step = started.step();
        this.rounds = started.rounds();
        this.leaseEnds = nanoTime.getAsLong() + leftOfLease().toNanos();
    }

    /** How much of the lease of the start, or of the approval that resumed the turn, is left. */
    private Duration leftOfLease() {
        Duration left = started.state() instanceof TurnState.Running running
                ? Duration.between(clock.instant(), running.leaseUntil())
                : Duration.ZERO;
        return left.compareTo(lease) < 0 ? left : lease;
    }

    OwnerId owner() {
        return owner;
    }

    Turn started() {
        return started;
    }

    TurnKey key() {
        return TurnKey.of(started);
    }

    TurnLog log() {
        return log;
    }

    Interruption interruption() {
        return interruption;
    }

    synchronized int step() {
        return step;
    }

    synchronized PartialAnswer partialAnswer() {
        return new PartialAnswer(step, new TurnOutput(rounds, answer.text()));
    }

    /** Takes a piece of the answer, in the run's own thread, and publishes its complete code points. */
    void say(String piece) {
        interruption.requireNotInterrupted();
        requireLease();
        try {
            publish(() -> answer.add(piece));
        } catch (RunFailed tooLong) {
            // The assistant may catch the exception and go on.
            interruption.fail(tooLong.failure());
            throw tooLong;
        }
    }

    /** A tool has returned the result of this call of the last round, in the run's own thread. */
    void called(ToolCall withResult) {
        interruption.requireNotInterrupted();
        requireLease();
        ToolRound last;
        synchronized (this) {
            last = rounds.getLast().map(call -> call.id().equals(withResult.id()) ? withResult : call);
            rounds = Stream.concat(rounds.subList(0, rounds.size() - 1).stream(), Stream.of(last)).toList();
        }
        log.add(List.of(CommittedEvents.completed(step(), last, withResult)));
        wakeReaders();
    }

    /** All rounds, with the results that their calls have so far. */
    synchronized List<ToolRound> rounds() {
        return rounds;
    }

    /** The assistant's reply is complete; publishes the rest, which was held back because it was half of a character. */
    void finishText() {
        publish(answer::finish);
    }

    private void publish(Supplier<String> change) {
        String text;
        synchronized (this) {
            text = change.get();
        }
        if (!text.isEmpty()) {
            log.addDelta(step(), text);
            wakeReaders();
        }
    }

    void wakeReaders() {
        watchers.wake(started.id());
    }

    /** Whether a third of the lease has passed. */
    private synchronized boolean isRenewalDue() {
        return leaseEnds - nanoTime.getAsLong() <= lease.multipliedBy(2).dividedBy(3).toNanos();
    }

    /** Stops the run when its lease is over: another instance may have failed the turn by now, so nothing may be published or written. */
    private void requireLease() {
        if (isLeaseOver()) {
            interruption.stop();
            throw new RunStopped();
        }
    }

    private synchronized boolean isLeaseOver() {
        return leaseEnds - nanoTime.getAsLong() <= 0;
    }

    /** Commits that the assistant asked for tools, and enters the next step. */
    Turn ask(List<ToolRound> withNext, Optional<TokenUsage> used) {
        Instant at = clock.instant();
        Instant until = at.plus(lease);
        long ends = nanoTime.getAsLong() + lease.toNanos();
        return patiently(() -> {
            Turn turn = writes.ask(step(), withNext, used, until, at);
            synchronized (this) {
                step = turn.step();
                this.rounds = turn.rounds();
                answer.clear();
                leaseEnds = ends;
            }
            return turn;
        });
    }

    TurnOutcome complete(Optional<IncompleteReason> incomplete, Optional<TokenUsage> used) {
        Instant at = clock.instant();
        return patiently(() -> writes.complete(partialAnswer(), incomplete, used, at));
    }

    TurnOutcome fail(TurnFailure failure) {
        Instant at = clock.instant();
        return patiently(() -> writes.fail(partialAnswer(), failure, at));
    }

    /** Runs a read or a write, and repeats it while the storage is unavailable and the lease lasts. */
    <T> T patiently(Supplier<T> task) {
        writing.lock();
        try {
            for (long pause = FIRST_PAUSE_MILLIS;; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
                interruption.requireNotStopped();
                requireLease();
                try {
                    return task.get();
                } catch (StorageUnavailable | LockTimeout | CommitOutcomeUnknown transientFailure) {
                    LOG.debug("Turn {}: the storage is unavailable; retrying in {} ms", started.id(), pause,
                            transientFailure);
                }
                interruption.pause(pause);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Renews the lease once a third has passed, with the text so far; does nothing while the run itself writes. */
    void renewIfDue() {
        if (!isRenewalDue()) {
            return;
        }
        Optional<PartialAnswer> _ = unlessWriting(at -> {
            requireLease();
            PartialAnswer partial = partialAnswer();
            long ends = nanoTime.getAsLong() + lease.toNanos();
            writes.renew(partial, at.plus(lease), at);
            synchronized (this) {
                leaseEnds = ends;
            }
            return partial;
        });
    }

    /** Fails the turn from another thread, because the run does not react or must stop; empty while the run itself writes. */
    Optional<TurnOutcome> failFromOutside(TurnFailure failure) {
        return unlessWriting(at -> writes.fail(partialAnswer(), failure, at));
    }

    private <T> Optional<T> unlessWriting(Function<Instant, T> write) {
        if (!writing.tryLock()) {
            return Optional.empty();
        }
        try {
            interruption.requireNotStopped();
            return Optional.of(write.apply(clock.instant()));
        } finally {
            writing.unlock();
        }
    }
}
