/** Webhooks of real servers that are killed, with a receiver that fails at random. */
@NullMarked
package dev.confab.bootstrap.campaign.webhook;

import org.jspecify.annotations.NullMarked;
