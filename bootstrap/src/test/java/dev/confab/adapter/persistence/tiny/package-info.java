/** A third store, for a test. */
@NullMarked
package dev.confab.adapter.persistence.tiny;

import org.jspecify.annotations.NullMarked;
