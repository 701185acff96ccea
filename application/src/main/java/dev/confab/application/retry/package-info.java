/**
 * Retry outside, transaction inside: a decorator of the write port, so that every attempt is a transaction of its own.
 *
 * <p>{@link dev.confab.application.retry.RetryingConversationStore} decides on every retry. Which requests may be repeated is the caller's
 * decision, made by the method that it calls.
 */
@NullMarked
package dev.confab.application.retry;

import org.jspecify.annotations.NullMarked;
