/**
 * The erasure of an owner from the files, and the check that the files hold none of the owner's data.
 *
 * <p>{@link dev.confab.adapter.persistence.file.erasure.FileErasure} purges the conversations, raises the fence, and then makes the purge
 * physical: a checkpoint, without the journal's old segments, and an index without deleted entries.
 * {@link dev.confab.adapter.persistence.file.erasure.OwnerSearch} reads every file of a directory that no process has open.
 */
@NullMarked
package dev.confab.adapter.persistence.file.erasure;

import org.jspecify.annotations.NullMarked;
