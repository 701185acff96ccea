package dev.confab.application.turn.run;

import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLog;
import dev.confab.application.turn.event.TurnLogs;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The turns that run on this instance. Runs begin and finish, with their logs, under one lock; looking one up takes none. */
final class RunningTurns {
    private final TurnLogs logs;
    private final Map<TurnKey, RunningTurn> runs = new ConcurrentHashMap<>();
    private boolean closed;

    RunningTurns(TurnLogs logs) {
        this.logs = logs;
    }

    /** Begins a run; empty when the turn already runs here in this step, or after {@link #close}. */
    synchronized Optional<RunningTurn> begin(OwnerId owner, Turn turn, Function<TurnLog, RunningTurn> newRun) {
        TurnKey key = TurnKey.of(turn);
        RunningTurn before = runs.get(key);
        if (closed || before != null && before.started().step() >= turn.step()) {
            return Optional.empty();
        }
        // The run that asked for an approval may still be finishing when the approval starts the next one, which takes over the log.
        TurnLog log = logs.open(owner, turn);
        if (turn.step() == turn.firstStep()) {
            log.add(CommittedEvents.of(turn, List.of()));
        }
        RunningTurn run = newRun.apply(log);
        runs.put(key, run);
        return Optional.of(run);
    }

    /** Ends a run, unless a newer run of the same turn has replaced it. */
    synchronized void finish(RunningTurn run, Instant now) {
        if (runs.remove(run.key(), run)) {
            logs.rest(run.log(), now);
            notifyAll();
        }
    }

    /** Lets no more runs begin. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until no turn runs; returns false when the time is over, or the thread is interrupted, before that. */
    synchronized boolean awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = end - System.nanoTime(); !runs.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return runs.isEmpty();
    }

    Optional<RunningTurn> find(TurnKey key) {
        return Optional.ofNullable(runs.get(key));
    }

    List<RunningTurn> all() {
        return List.copyOf(runs.values());
    }

    int size() {
        return runs.size();
    }
}
