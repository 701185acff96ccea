package dev.confab.application.turn.run;

import dev.confab.application.turn.event.TurnLog;
import dev.confab.domain.session.Turn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A run that is under way here.
 *
 * @param turn as it was when the run began
 * @param timeout what ends it when it takes too long
 * @param tended whether somebody looks after its lease at this moment
 * @param over completed when its thread is done
 */
record RunningTurn(Turn turn, TurnLease tenure, Interruption gate, AnswerBuffer speech, TurnLog log, Future<?> timeout,
        AtomicBoolean tended,
        CompletableFuture<Void> over) {
}
