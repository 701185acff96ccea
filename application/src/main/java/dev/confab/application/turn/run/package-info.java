/** Placeholder. */
@NullMarked
package dev.confab.application.turn.run;

import org.jspecify.annotations.NullMarked;
