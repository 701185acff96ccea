/** Turns on the real stores, by the use cases: what races, and what may come of it. */
@NullMarked
package dev.confab.bootstrap.turns;

import org.jspecify.annotations.NullMarked;
