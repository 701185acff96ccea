/**
 * Sends events to webhooks over HTTP, signed by the scheme of Standard Webhooks.
 *
 * <p>The URL comes from a user, so it may point to anything that this machine can reach. {@link dev.confab.adapter.webhook.PublicAddresses} says
 * to which addresses something may be sent, {@link dev.confab.adapter.webhook.CheckedResolver} lets the client connect to no others, and
 * redirects are not followed.
 */
@NullMarked
package dev.confab.adapter.webhook;

import org.jspecify.annotations.NullMarked;
