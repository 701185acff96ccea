/**
 * Many readers of one turn's event stream on a running server. {@link dev.confab.benchmarks.turns.TurnStreams} starts a turn, lets
 * {@link dev.confab.benchmarks.turns.Reader}s read it to its end, and prints how long the turn took, how late the readers received it, and how
 * much heap the server used.
 */
@NullMarked
package dev.confab.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
