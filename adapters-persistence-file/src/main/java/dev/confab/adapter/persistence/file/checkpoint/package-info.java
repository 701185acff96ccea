/**
 * Checkpoints: they move the journal's commits into one head file and one messages file a conversation, so that the journal stays short.
 *
 * <ol>
 * <li>The journal rotates to a new segment, and tells which conversations the old ones change.
 * <li>Under each conversation's write permit its messages are written and forced, then its
 * {@link dev.confab.adapter.persistence.file.checkpoint.HeadFile} is replaced; a purged conversation leaves a tombstone instead.
 * <li>The directory is forced, and messages files that no head names any more are deleted.
 * <li>The old segments are deleted, the oldest first, and then the tombstones.
 * </ol>
 */
@NullMarked
package dev.confab.adapter.persistence.file.checkpoint;

import org.jspecify.annotations.NullMarked;
