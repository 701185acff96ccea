/** Traces of the whole application, as a collector receives them. */
@NullMarked
package dev.confab.bootstrap.tracing;

import org.jspecify.annotations.NullMarked;
