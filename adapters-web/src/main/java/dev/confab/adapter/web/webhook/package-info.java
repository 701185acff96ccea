/** Webhooks of the caller: making, listing, changing, trying and deleting them. What is delivered to them is not of this package. */
@NullMarked
package dev.confab.adapter.web.webhook;

import org.jspecify.annotations.NullMarked;
