/**
 * The transaction functions of this instance, from their first run to the outcome of their commit.
 *
 * <p>{@link dev.confab.adapter.persistence.jpa.queue.TransactionRunner} runs a function over the known row and the changes that
 * earlier functions recorded, adds its change to a batch of its conversation's queue, and waits. A thread for
 * writers commits the batches of a queue one after another. When a batch does not commit, its functions run again or
 * get the error.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.queue;

import org.jspecify.annotations.NullMarked;
