package dev.confab.application.turn;

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
final class Runs {
    private final TurnLogs logs;
    private final Map<TurnKey, Active> runs = new ConcurrentHashMap<>();
    private boolean closed;

    Runs(TurnLogs logs) {
        this.logs = logs;
    }

    /**
     * Empty when the turn runs here in this step already, or when no more runs may begin.
     *
     * @param timeout starts the clock of the run
     */
    synchronized Optional<Active> begin(OwnerId owner, Turn turn, Gate gate, Tenure tenure,
            Supplier<Future<?>> timeout) {
        TurnKey key = TurnKey.of(turn);
        Active before = runs.get(key);
        if (closed || before != null && before.turn().step() >= turn.step()) {
            return Optional.empty();
        }
        // A run that has just asked a person may not be quite over when the answer starts the next one: that one has the log then.
        TurnLog log = logs.open(owner, turn);
        if (turn.step() == 1) {
            log.add(CommittedEvents.of(turn, Optional.empty()));
        }
        var active = new Active(turn, tenure, gate, new Speech(turn.step(), turn.said()), log, timeout.get(),
                new AtomicBoolean(), new CompletableFuture<>());
        runs.put(key, active);
        return Optional.of(active);
    }

    synchronized void finish(Active active, Instant now) {
        if (runs.remove(TurnKey.of(active.turn()), active)) {
            logs.rest(active.log(), now);
        }
    }

    /** None begins from now on. Returns those that are under way. */
    synchronized List<Active> close() {
        closed = true;
        return all();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    Optional<Active> find(TurnKey key) {
        return Optional.ofNullable(runs.get(key));
    }

    List<Active> all() {
        return List.copyOf(runs.values());
    }

    int size() {
        return runs.size();
    }
}
