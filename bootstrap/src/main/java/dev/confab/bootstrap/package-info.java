/**
 * Puts the application together: main, wiring and configuration.
 */
@NullMarked
package dev.confab.bootstrap;

import org.jspecify.annotations.NullMarked;
