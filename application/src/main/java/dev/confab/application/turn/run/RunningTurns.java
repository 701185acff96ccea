package dev.confab.application.turn.run;

import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnKey;
import dev.confab.application.turn.event.TurnLog;
import dev.confab.application.turn.event.TurnLogs;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The runs that are under way here, one a turn. They begin and finish under one lock, with their logs; looking takes none. */
final class RunningTurns {
    private final TurnLogs logs;
    private final Map<TurnKey, RunningTurn> runs = new ConcurrentHashMap<>();
    private boolean closed;

    RunningTurns(TurnLogs logs) {
        this.logs = logs;
    }

    /**
     * Empty when the turn runs here in this step already, or when no more runs may begin.
     *
     * @param timeout starts the clock of the run
     */
    synchronized Optional<RunningTurn> begin(OwnerId owner, Turn turn, Interruption gate, TurnLease tenure,
            Supplier<Future<?>> timeout) {
        TurnKey key = TurnKey.of(turn);
        RunningTurn before = runs.get(key);
        if (closed || before != null && before.turn().step() >= turn.step()) {
            return Optional.empty();
        }
        // A run that has just asked a person may not be quite over when the answer starts the next one: that one has the log then.
        TurnLog log = logs.open(owner, turn);
        if (turn.step() == 1) {
            log.add(CommittedEvents.of(turn, Optional.empty()));
        }
        var active = new RunningTurn(turn, tenure, gate, new AnswerBuffer(turn.step(), turn.textSoFar()), log, timeout.get(),
                new AtomicBoolean(), new CompletableFuture<>());
        runs.put(key, active);
        return Optional.of(active);
    }

    synchronized void finish(RunningTurn active, Instant now) {
        if (runs.remove(TurnKey.of(active.turn()), active)) {
            logs.rest(active.log(), now);
        }
    }

    /** None begins from now on. Returns those that are under way. */
    synchronized List<RunningTurn> close() {
        closed = true;
        return all();
    }

    synchronized boolean isClosed() {
        return closed;
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
