/** The clauses about reading: committed reads, windows, real time, round trips, the bin, lists and search. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.read;

import org.jspecify.annotations.NullMarked;
