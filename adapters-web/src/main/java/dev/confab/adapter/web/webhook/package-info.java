/** Webhooks of the caller: making, listing, changing, trying and deleting them. Another module delivers their events. */
@NullMarked
package dev.confab.adapter.web.webhook;

import org.jspecify.annotations.NullMarked;
