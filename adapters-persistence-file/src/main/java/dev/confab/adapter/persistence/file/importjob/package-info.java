/**
 * The import jobs of a data directory, under {@code imports/}: for each job a file with its state, one with its report, and until it has
 * ended the uploaded file. All states are in memory, and no upload or report is.
 *
 * <p>{@link dev.confab.adapter.persistence.file.importjob.ImportJobFiles} reads and writes the files.
 * {@link dev.confab.adapter.persistence.file.importjob.StoredImportJobs} makes one change after the other durable.
 * {@link dev.confab.adapter.persistence.file.importjob.FileImportJobStore} is the port over it.
 */
@NullMarked
package dev.confab.adapter.persistence.file.importjob;

import org.jspecify.annotations.NullMarked;
