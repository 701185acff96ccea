/** Placeholder. */
@NullMarked
package dev.confab.application.turn.event;

import org.jspecify.annotations.NullMarked;
