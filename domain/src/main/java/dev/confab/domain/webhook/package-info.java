/**
 * Webhooks: the URLs to which an owner's events go, the cursors up to which events are delivered, and the next event. Pure, as
 * {@link dev.confab.domain.conversation} is.
 *
 * <p>Events are not stored. {@link dev.confab.domain.webhook.Progress} derives the next one from what is stored: the state of a
 * conversation, and the {@link dev.confab.domain.webhook.Cursor} that holds the last event delivered.
 */
@NullMarked
package dev.confab.domain.webhook;

import org.jspecify.annotations.NullMarked;
