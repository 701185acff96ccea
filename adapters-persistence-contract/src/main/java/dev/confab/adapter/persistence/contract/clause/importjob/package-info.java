/** The clauses about import jobs, J1 to J10, of {@link dev.confab.domain.port.ImportJobStore}. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.importjob;

import org.jspecify.annotations.NullMarked;
