/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.domain.two;

import org.jspecify.annotations.NullMarked;
