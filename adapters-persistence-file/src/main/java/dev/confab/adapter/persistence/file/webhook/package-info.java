/**
 * The webhooks of a data directory: all in the file {@code webhooks.json}, their cursors in one file a webhook under {@code webhooks/},
 * and all in memory.
 *
 * <p>{@link dev.confab.adapter.persistence.file.webhook.WebhookFiles} reads the files and replaces them as a whole.
 * {@link dev.confab.adapter.persistence.file.webhook.StoredWebhooks} makes one change of webhooks after the other durable, and writes
 * cursors soon after they have moved. {@link dev.confab.adapter.persistence.file.webhook.FileWebhookStore} is the port over it.
 */
@NullMarked
package dev.confab.adapter.persistence.file.webhook;

import org.jspecify.annotations.NullMarked;
