/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.application;

import org.jspecify.annotations.NullMarked;
