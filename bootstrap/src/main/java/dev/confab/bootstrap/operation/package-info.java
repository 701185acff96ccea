/**
 * Running the service: what refuses to start and says why, health, the line at the start, the purge of what has expired.
 *
 * <p>What must not live here: decisions about conversations, which are the domain's, and settings, which are passed in.
 */
@NullMarked
package dev.confab.bootstrap.operation;

import org.jspecify.annotations.NullMarked;
