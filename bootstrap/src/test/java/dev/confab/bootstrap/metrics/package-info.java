/** Tests of the meters that every store has. */
@NullMarked
package dev.confab.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
