/** Keeps to the rules. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.testsupport;

import org.jspecify.annotations.NullMarked;
