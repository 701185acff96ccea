/**
 * Runs turns on this instance: calls the assistant and its tools, keeps the lease, commits the results, publishes the events.
 *
 * <p>{@link dev.confab.application.turn.run.TurnRunner} is the entry, {@link dev.confab.application.turn.run.TurnRun} one run on its own
 * thread, {@link dev.confab.application.turn.run.RunningTurn} the state that this thread shares with others.
 *
 * <h2>Why this is correct with many threads</h2>
 * <ul>
 * <li><b>What is stored.</b> Every write names the turn's step, and the domain rejects it when the turn has finished or is in another
 * step. The step is therefore the fence: whatever the threads here do, a turn ends once, and nothing is written after its end.
 * <li><b>One step in memory.</b> {@code RunningTurn} holds the step, the lease's end and the answer's text under its monitor. Step and text
 * change together, so a cancel that reads both never attributes text to the wrong step.
 * <li><b>Renewals.</b> The run holds the writing lock from before a write until it has noted the next step. A renewal only tries the lock,
 * so it never waits for the run, and never names a step that the run has just left.
 * <li><b>Clocks.</b> This instance measures its leases by the monotonic clock, so a system clock that jumps ends no turn that runs here.
 * <li><b>Permits.</b> A turn takes one of a fixed number of permits inside the transaction that starts it, before anything is recorded. A turn
 * that interrupts another one here takes one of as many again, because the other has its own until it stops.
 * A turn that waited is never refused one when it begins: its predecessor gives one back.
 * <li><b>Interrupts.</b> They reach the run only inside a call of the assistant or a tool
 * ({@link dev.confab.application.turn.run.Interruption}), never inside a commit.
 * <li><b>Begin and finish.</b> {@link dev.confab.application.turn.run.RunningTurns} changes under one lock together with the turn's log. A
 * finishing run removes only itself: an approval may have begun the next run of its turn already.
 * <li><b>Wake-ups.</b> A mark is cleared before the work that it announces begins, so a wake-up that arrives during the work causes more
 * work. The change feed may lose hints: a renewal that is rejected looks at the turn, too.
 * <li><b>Order of locks.</b> The writing lock, then at most one of: a {@code RunningTurn}'s monitor, an interruption's, a log's, the
 * watchers'. {@code RunningTurns} and {@code TurnLogs} are locked only by threads that hold none of these monitors.
 * </ul>
 */
@NullMarked
package dev.confab.application.turn.run;

import org.jspecify.annotations.NullMarked;
