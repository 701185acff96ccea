/**
 * Runs beside the requests: the check of the server's address before it listens, the log line at the start, and then two regular
 * tasks, the purge of the bin and the sweep of expired sessions and of turns whose instance crashed.
 */
@NullMarked
package dev.confab.bootstrap.operation;

import org.jspecify.annotations.NullMarked;
