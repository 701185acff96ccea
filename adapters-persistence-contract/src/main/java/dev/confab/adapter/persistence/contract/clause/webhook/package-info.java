/** The clauses about webhooks, W1 to W11, of {@link dev.confab.domain.port.WebhookStore}. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.webhook;

import org.jspecify.annotations.NullMarked;
