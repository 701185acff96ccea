/**
 * The contract of a store, executable: the suite every store must pass, and what it is made of.
 *
 * <p>{@link dev.confab.adapter.persistence.contract.ConversationStoreContract} is the whole suite, one part a theme; an adapter's
 * test extends it and hands over a {@link dev.confab.adapter.persistence.contract.StoreFactory}.
 * {@link dev.confab.adapter.persistence.contract.ReferenceStore} is the simplest store that passes, and
 * {@link dev.confab.adapter.persistence.contract.HistoryChecker} finds out whether what many threads were told has a serial
 * order. What must not live here: anything that knows how a particular store works.
 */
@NullMarked
package dev.confab.adapter.persistence.contract;

import org.jspecify.annotations.NullMarked;
