/**
 * The SQL of writers: the reads of a conversation, and the statements that commit a pending change.
 *
 * <p>A pending change is committed only if the conversation's row still has the revision that the change was made over:
 * the statement that takes the row checks that, and everything else in the same statement depends on it.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.commit;

import org.jspecify.annotations.NullMarked;
