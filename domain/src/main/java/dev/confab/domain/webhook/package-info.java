/**
 * Webhooks: where an owner wants to be told of changes, what has been delivered, and which event is next. Pure, as
 * {@link dev.confab.domain.conversation} is.
 *
 * <p>Events are not stored. {@link dev.confab.domain.webhook.Progress} derives the next one from what is stored: the state of a
 * conversation, and the {@link dev.confab.domain.webhook.Cursor} that says up to where a webhook has been told of it.
 */
@NullMarked
package dev.confab.domain.webhook;

import org.jspecify.annotations.NullMarked;
