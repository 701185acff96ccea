/**
 * Many readers of one turn's event stream, on a server that runs: what each is sent, how late, and what it costs the server and the
 * assistant.
 */
@NullMarked
package dev.confab.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
