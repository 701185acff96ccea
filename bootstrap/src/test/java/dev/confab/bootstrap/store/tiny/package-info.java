/** The wiring of a third store, for a test. */
@NullMarked
package dev.confab.bootstrap.store.tiny;

import org.jspecify.annotations.NullMarked;
