/**
 * The part of a transaction that is the same in every store. {@link dev.confab.domain.work.UnitOfWork} runs the transaction
 * function over the stored state: reads see what the same transaction recorded, each event is checked, and the result is one
 * {@link dev.confab.domain.work.Change} to commit.
 *
 * <p>A store loads the state before and commits the change after; no I/O happens here.
 */
@NullMarked
package dev.confab.domain.work;

import org.jspecify.annotations.NullMarked;
