/**
 * The way back out of quarantine, for an administrator and a directory that no process has open:
 * {@link dev.confab.adapter.persistence.file.repair.QuarantineDesk} lists the quarantine, names the damaged lines, and puts a repaired
 * conversation back into place.
 */
@NullMarked
package dev.confab.adapter.persistence.file.repair;

import org.jspecify.annotations.NullMarked;
