/** The parts of the suite about erasures (E1 to E5). */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.erasure;

import org.jspecify.annotations.NullMarked;
