/**
 * Values and transaction functions for tests.
 *
 * <p>{@link dev.confab.adapter.persistence.contract.sample.Samples} and
 * {@link dev.confab.adapter.persistence.contract.sample.SessionSamples} create ids, times and small domain objects;
 * {@link dev.confab.adapter.persistence.contract.sample.Transactions} and
 * {@link dev.confab.adapter.persistence.contract.sample.SessionTransactions} are what tests pass to {@code transact}. The two
 * lifecycles contain every kind of event;
 * {@link dev.confab.adapter.persistence.contract.sample.ConversationModel} computes a conversation after them.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.sample;

import org.jspecify.annotations.NullMarked;
