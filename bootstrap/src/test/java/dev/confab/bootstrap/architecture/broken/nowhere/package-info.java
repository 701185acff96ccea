/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.nowhere;

import org.jspecify.annotations.NullMarked;
