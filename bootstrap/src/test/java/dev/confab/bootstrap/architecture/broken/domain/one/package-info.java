/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.domain.one;

import org.jspecify.annotations.NullMarked;
