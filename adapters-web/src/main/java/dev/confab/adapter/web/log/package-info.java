/**
 * The log of requests: the names of the fields that each line carries, and the audit log of log-ins that failed and of
 * changes to API keys and webhooks.
 */
@NullMarked
package dev.confab.adapter.web.log;

import org.jspecify.annotations.NullMarked;
