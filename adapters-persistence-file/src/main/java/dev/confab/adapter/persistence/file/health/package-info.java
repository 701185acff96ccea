/**
 * The health of an open store. Each part reports here when it fails and when it works again;
 * {@link dev.confab.adapter.persistence.file.health.HealthMonitor} holds the problems, and logs each one once. Writes of API keys and webhooks
 * go through {@link dev.confab.adapter.persistence.file.health.GuardedWrites}, which reports their failures here.
 */
@NullMarked
package dev.confab.adapter.persistence.file.health;

import org.jspecify.annotations.NullMarked;
