/**
 * The reference store: the shortest correct implementation of the ports, in memory.
 *
 * <p>{@link dev.confab.adapter.persistence.contract.reference.ReferenceStore} keeps one immutable
 * {@link dev.confab.adapter.persistence.contract.reference.ReferenceConversation} for each conversation in a
 * {@link dev.confab.adapter.persistence.contract.reference.ReferenceStorage}, which plays the disk and can be made to fail.
 * {@link dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore} keeps the API keys there.
 * {@link dev.confab.adapter.persistence.contract.reference.RunTwice} wraps any store and runs every transaction function twice.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.reference;

import org.jspecify.annotations.NullMarked;
