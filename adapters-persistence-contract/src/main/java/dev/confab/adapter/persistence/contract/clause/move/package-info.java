/** The clauses about moving a store: M1 to M3, which {@link dev.confab.domain.port.StoredConversations} states. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.move;

import org.jspecify.annotations.NullMarked;
