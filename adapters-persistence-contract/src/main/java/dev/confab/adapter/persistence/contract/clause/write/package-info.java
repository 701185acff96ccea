/** The clauses about writing: atomicity, durability, serial order, preconditions, bounded waits, idempotency and failures. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.write;

import org.jspecify.annotations.NullMarked;
