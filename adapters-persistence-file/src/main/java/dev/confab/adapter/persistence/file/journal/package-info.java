/**
 * The write-ahead journal: what makes a commit durable.
 *
 * <ol>
 * <li>A caller queues a {@link dev.confab.adapter.persistence.file.journal.PendingCommit} and waits for it.
 * <li>The thread of the {@link dev.confab.adapter.persistence.file.journal.Journal} takes all queued commits, writes them as one line to
 * the current segment and forces it once.
 * <li>Then it publishes each commit and lets its caller go on.
 * <li>Every two seconds the {@link dev.confab.adapter.persistence.file.journal.JournalWatch} asks the same thread whether a commit could be
 * written.
 * <li>A checkpoint rotates the journal to a new segment, and deletes the old ones when the conversations' own files hold what they hold.
 * While more than a limit is waiting for a checkpoint, writers wait at the
 * {@link dev.confab.adapter.persistence.file.journal.JournalBacklog}.
 * </ol>
 */
@NullMarked
package dev.confab.adapter.persistence.file.journal;

import org.jspecify.annotations.NullMarked;
