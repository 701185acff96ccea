/** Erasing an owner: {@link dev.confab.application.Erasures} over the ports that store conversations, webhooks and API keys. */
@NullMarked
package dev.confab.application.erasure;

import org.jspecify.annotations.NullMarked;
