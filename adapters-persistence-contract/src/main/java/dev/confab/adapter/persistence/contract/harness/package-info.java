/**
 * The tools that a test of the contract needs around the store.
 *
 * <p>An adapter implements {@link dev.confab.adapter.persistence.contract.harness.StoreFactory} and
 * {@link dev.confab.adapter.persistence.contract.harness.StoreUnderTest}, and, if its storage can be made to fail,
 * {@link dev.confab.adapter.persistence.contract.harness.Faults}. Every test class of the suite extends
 * {@link dev.confab.adapter.persistence.contract.harness.ContractTest}, which opens a store for each test and closes it.
 * {@link dev.confab.adapter.persistence.contract.harness.TestThreads} starts threads at the same moment and waits for them with a
 * deadline.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.harness;

import org.jspecify.annotations.NullMarked;
