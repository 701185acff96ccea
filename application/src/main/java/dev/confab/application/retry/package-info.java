/**
 * Retry outside, transaction inside: a decorator of the write port, so that every attempt is a transaction of its own.
 *
 * <p>What must not live here: what a use case does, and a decision about which requests are safe to repeat; that is said by
 * the method the caller chooses.
 */
@NullMarked
package dev.confab.application.retry;

import org.jspecify.annotations.NullMarked;
