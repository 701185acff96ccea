/** Text for a terminal. */
@NullMarked
package dev.confab.bootstrap.terminal;

import org.jspecify.annotations.NullMarked;
