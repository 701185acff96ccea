/**
 * The store on JSON files, for one user on one machine.
 *
 * <p>A commit is durable once its line of the {@link dev.confab.adapter.persistence.file.Journal} is forced; a
 * {@link dev.confab.adapter.persistence.file.Checkpointer} moves what the journal holds into one head file and one messages
 * file a conversation; {@link dev.confab.adapter.persistence.file.Opening} puts the two together again. All of it stands on
 * {@link dev.confab.adapter.persistence.file.Disk}, so that tests can fail, tear and lose what was not forced. What must not
 * live here: a rule of the domain.
 */
@NullMarked
package dev.confab.adapter.persistence.file;

import org.jspecify.annotations.NullMarked;
