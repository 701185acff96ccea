/**
 * The contract of a store as tests: the suite that every store must pass.
 *
 * <p>{@link dev.confab.adapter.persistence.contract.ConversationStoreContract} is the whole suite. The test of an adapter extends
 * it and provides a {@link dev.confab.adapter.persistence.contract.harness.StoreFactory}. The packages, each of which uses only
 * those listed before it:
 *
 * <ol>
 * <li>{@code sample}: values and transaction functions for tests, also for the tests of other modules
 * <li>{@code harness}: opens and closes the store under test, and runs threads
 * <li>{@code reference}: the simplest store that fulfils the contract, in memory
 * <li>{@code history}: records what concurrent threads observed, and checks that a serial order explains it
 * <li>{@code random}: compares a store with the reference store on random sequences of commands
 * <li>{@code clause}: the tests of the clauses
 * </ol>
 *
 * <p>The numbered clauses are in the Javadoc of {@link dev.confab.domain.port.ConversationStore}, and of the ports for API keys
 * ({@link dev.confab.domain.port.ApiKeyStore}), webhooks ({@link dev.confab.domain.port.WebhookStore}), import jobs
 * ({@link dev.confab.domain.port.ImportJobStore}), erasures ({@link dev.confab.domain.port.OwnerEraser}), usages
 * ({@link dev.confab.domain.port.UsageReader}) and moves ({@link dev.confab.domain.port.StoredConversations}). The name of each test ends in
 * the id of the clause that it checks. Nothing in this module may depend on how a particular store works.
 */
@NullMarked
package dev.confab.adapter.persistence.contract;

import org.jspecify.annotations.NullMarked;
