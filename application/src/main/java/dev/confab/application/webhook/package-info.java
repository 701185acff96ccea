/**
 * Webhooks: managing them, and delivering events.
 *
 * <p>{@link dev.confab.application.webhook.WebhookDelivery} claims webhooks for this instance and renews the claims. For each claimed webhook
 * {@link dev.confab.application.webhook.ClaimedWebhook} takes one conversation after the other from its
 * {@link dev.confab.application.webhook.DeliveryQueue}, several at a time, and
 * {@link dev.confab.application.webhook.ConversationDelivery} sends the events of one conversation, each after the receiver has accepted the
 * one before. Of all this only the cursors are stored: the due events follow from the store, so a crash loses none.
 */
@NullMarked
package dev.confab.application.webhook;

import org.jspecify.annotations.NullMarked;
