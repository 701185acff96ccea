/**
 * The events of turns, from the instance that produces them to their readers.
 *
 * <p>The run of a turn adds its events to the turn's {@link dev.confab.application.turn.event.TurnLog} and wakes the turn's listeners
 * ({@link dev.confab.application.turn.event.TurnWatchers}). A listener then reads, at its own speed, through
 * {@link dev.confab.application.turn.event.TurnEventReader}: from the log if the turn runs, or ran recently, on this instance; else
 * from the committed turn ({@link dev.confab.application.turn.event.CommittedEvents}). All of it may be lost without harm.
 */
@NullMarked
package dev.confab.application.turn.event;

import org.jspecify.annotations.NullMarked;
