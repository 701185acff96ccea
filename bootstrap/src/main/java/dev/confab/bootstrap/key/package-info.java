/**
 * API keys: the wiring of their use case, and the command {@code keys}, which runs it on the store itself with the least of the
 * application.
 */
@NullMarked
package dev.confab.bootstrap.key;

import org.jspecify.annotations.NullMarked;
