/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.bootstrap;

import org.jspecify.annotations.NullMarked;
