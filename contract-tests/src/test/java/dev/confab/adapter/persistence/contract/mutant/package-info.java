/**
 * Mutants: stores that each break one clause. {@link dev.confab.adapter.persistence.contract.mutant.MutantsTest} runs the suite
 * on each of them and requires that a test of that clause fails.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.mutant;

import org.jspecify.annotations.NullMarked;
