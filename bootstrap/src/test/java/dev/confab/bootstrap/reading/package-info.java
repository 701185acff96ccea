/** What the reading commands print. */
@NullMarked
package dev.confab.bootstrap.reading;

import org.jspecify.annotations.NullMarked;
