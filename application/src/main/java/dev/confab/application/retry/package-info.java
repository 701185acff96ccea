/**
 * Retry outside, transaction inside: a decorator of the write port, so that every attempt is a transaction of its own.
 *
 * <p>{@link dev.confab.application.retry.RetryingConversationStore} decides on every retry of a transaction. Which requests may be repeated
 * is the caller's decision, made by the method that it calls. A running turn, which has a lease and no deadline, waits for the storage by
 * itself ({@code RunningTurn}).
 */
@NullMarked
package dev.confab.application.retry;

import org.jspecify.annotations.NullMarked;
