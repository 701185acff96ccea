/**
 * Webhooks in the table {@code webhook}, and their cursors in {@code webhook_cursor}. Each read asks the database, so that a change counts
 * at once in every instance. The row of a webhook names the instance that delivers it; whatever that instance writes first locks that row
 * against another claim.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.webhook;

import org.jspecify.annotations.NullMarked;
