/**
 * Import jobs in PostgreSQL: {@link dev.confab.adapter.persistence.jpa.importjob.JpaImportJobStore} is the port,
 * {@link dev.confab.adapter.persistence.jpa.importjob.ImportJobRow} a job as a row, and
 * {@link dev.confab.adapter.persistence.jpa.importjob.UploadRows} stores uploaded files as pieces.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.importjob;

import org.jspecify.annotations.NullMarked;
