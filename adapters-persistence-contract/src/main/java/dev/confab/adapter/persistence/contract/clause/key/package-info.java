/** The clauses about API keys: stored keys come back, in every thread and instance; races of changes; failures. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.key;

import org.jspecify.annotations.NullMarked;
