/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.bootstrap.store.one;

import org.jspecify.annotations.NullMarked;
