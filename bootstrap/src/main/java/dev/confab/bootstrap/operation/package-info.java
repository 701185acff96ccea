/**
 * Tasks that run beside the requests. At the start: the check of the server's address before it listens, the end of the turns that a killed
 * server left on files, and the log line. Then two regular tasks: the purge of the bin and of ended API keys, and the sweep of expired
 * sessions and of turns whose instance crashed. {@code DeadThreads} watches for threads that die.
 */
@NullMarked
package dev.confab.bootstrap.operation;

import org.jspecify.annotations.NullMarked;
