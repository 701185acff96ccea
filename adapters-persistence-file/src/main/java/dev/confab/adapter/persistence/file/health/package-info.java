/**
 * The health of an open store. Each part reports here when it fails and when it works again;
 * {@link dev.confab.adapter.persistence.file.health.HealthMonitor} holds the problems, and logs each one once.
 */
@NullMarked
package dev.confab.adapter.persistence.file.health;

import org.jspecify.annotations.NullMarked;
